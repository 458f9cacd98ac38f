package dev.wellhead.core.pypi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.MetadataDocument.Header;
import dev.wellhead.core.pypi.MetadataDocument.Limits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataDocumentTest {
  @Test
  void fields_keep_their_order_and_the_body_describes() {
    MetadataDocument metadata =
        parse(
            """
            Metadata-Version: 2.4
            Name: Foo.Bar
            Version: 1.0
            Summary: Größe: klein
            Requires-Python: >=3.9
            Requires-Dist: a>=1
            requires-dist: b ; extra == 'x'
            Provides-Extra: x

            # Foo

            Requires-Dist: not-a-field
            """);

    assertThat(metadata.metadataVersion()).contains("2.4");
    assertThat(metadata.name()).contains("Foo.Bar");
    assertThat(metadata.version()).contains("1.0");
    assertThat(metadata.summary()).contains("Größe: klein");
    assertThat(metadata.requiresPython()).contains(">=3.9");
    assertThat(metadata.requiresDist()).containsExactly("a>=1", "b ; extra == 'x'");
    assertThat(metadata.providesExtra()).containsExactly("x");
    assertThat(metadata.description()).contains("# Foo\n\nRequires-Dist: not-a-field\n");
    assertThat(metadata.first("License")).isEqualTo(Optional.empty());
    assertThat(metadata.oddities()).isEmpty();
  }

  @Test
  void a_value_goes_on_over_indented_lines() {
    assertThat(
            parse(
                "Description: one\r\n        two\r\n       |  three\r\n          four\r\n\tfive\r\n"
                    + "A:b"))
        .isEqualTo(
            new MetadataDocument(
                List.of(
                    new Header("Description", "one\ntwo\n  three\n  four\nfive"),
                    new Header("A", "b")),
                "",
                List.of()));
  }

  @Test
  void the_description_field_comes_before_the_body() {
    assertThat(parse("Description: field\n\nbody\n").description()).contains("field");
    assertThat(parse("Name: a\n\n \n").description()).isEqualTo(Optional.empty());
  }

  @Test
  void a_line_that_is_no_field_ends_the_fields_as_it_does_for_installers() {
    assertThat(parse("Name: a\nno field\nRequires-Dist: evil\n"))
        .isEqualTo(
            new MetadataDocument(
                List.of(new Header("Name", "a")),
                "no field\nRequires-Dist: evil\n",
                List.of(
                    "The line 'no field' is no field: the description begins there, without an"
                        + " empty line before it.")));
  }

  @Test
  void fields_behind_an_envelope_line_are_seen_as_installers_see_them() {
    assertThat(parse("Name: a\nFrom evil\nRequires-Dist: evil\n"))
        .isEqualTo(
            new MetadataDocument(
                List.of(new Header("Name", "a"), new Header("Requires-Dist", "evil")),
                "",
                List.of("A line that begins with 'From ' was passed over.")));
    assertThat(parse("Name: a\nFrom evil\n\nbody").body()).isEqualTo("From evil\n\nbody");
  }

  @Test
  void what_is_odd_is_read_and_named() {
    assertThat(parse("\uFEFF indented\n: nameless\nName: a\nName: b\n"))
        .isEqualTo(
            new MetadataDocument(
                List.of(new Header("Name", "a"), new Header("Name", "b")),
                "",
                List.of(
                    "The file begins with a byte order mark, which installers take for text.",
                    "An indented line that continues no field was passed over.",
                    "A line begins with a colon; the field without a name was passed over.",
                    "The field Name stands there more than once.")));
  }

  @Test
  void bytes_that_are_no_utf_8_are_replaced_and_named() {
    MetadataDocument metadata =
        MetadataDocument.parse("Author: Gr\u00f6nholm\n".getBytes(ISO_8859_1))
            .toOptional()
            .orElseThrow();

    assertThat(metadata.first("author")).contains("Gr\uFFFDnholm");
    assertThat(metadata.oddities())
        .containsExactly("The file is not UTF-8; the bytes that are none are shown as U+FFFD.");
  }

  @Test
  void a_file_beyond_the_limits_is_refused_with_the_limit() {
    byte[] file = "A: b\nA: b\nA: b\n".getBytes(UTF_8);

    assertThat(MetadataDocument.parse(file, new Limits(15, 3))).isInstanceOf(Parse.Parsed.class);
    assertThat(MetadataDocument.parse(file, new Limits(14, 3)))
        .isEqualTo(new Parse.Invalid<>("The metadata file has 15 bytes; at most 14 are read."));
    assertThat(MetadataDocument.parse(file, new Limits(15, 2)))
        .isEqualTo(new Parse.Invalid<>("The metadata file has more than 2 fields."));
  }

  @Test
  void an_empty_file_has_no_fields() {
    assertThat(parse("")).isEqualTo(new MetadataDocument(List.of(), "", List.of()));
  }

  private static MetadataDocument parse(String text) {
    return MetadataDocument.parse(text.getBytes(UTF_8)).toOptional().orElseThrow();
  }
}
