package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.core.pypi.ProjectStatus.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleJsonReadingTest {
  private static final String HEX =
      "14fd1ed3dd0e1a46cc53b8fc890b5a3b11737515aeb7f42c3af9f38e8d8975d7";
  private static final FileEntry BARE =
      new FileEntry(
          "a.whl",
          "u/a.whl",
          Map.of(),
          null,
          new UploadTime.Unstated(),
          null,
          new Yank.Not(),
          new MetadataFile.Unstated(),
          null);

  @Test
  void a_recorded_page_is_read_as_it_is() throws Exception {
    ProjectPage six = parse(RecordedPages.read("six.json"));
    assertThat(six.name()).isEqualTo("six");
    assertThat(six.status()).isEqualTo(ProjectStatus.ACTIVE);
    assertThat(six.versions()).hasSize(29).startsWith("0.9.0", "0.9.1").contains("1.17.0");
    assertThat(six.files()).hasSize(48);
    assertThat(six.lastSerial()).isEqualTo(26356948L);
    assertThat(six.files().getFirst())
        .isEqualTo(
            new FileEntry(
                "six-0.9.0.tar.gz",
                "https://files.upstream.test/packages/0e/f9/66471f9b7e9291cca697b2e61a10645a537f389a"
                    + "9d5c0679d50dd86b20f7/six-0.9.0.tar.gz",
                Map.of("sha256", HEX),
                13292L,
                new UploadTime.Stated(Instant.parse("2010-06-29T19:56:36.719942Z")),
                null,
                new Yank.Not(),
                new MetadataFile.Unstated(),
                null));
  }

  @ParameterizedTest
  @CsvSource({"attrs, 72", "django, 815", "numpy, 4415", "requests, 244", "sampleproject, 13"})
  void every_recorded_page_is_read_and_comes_out_the_same(String project, int files)
      throws Exception {
    ProjectPage page = parse(RecordedPages.read(project + ".json"));
    assertThat(page.files()).hasSize(files).allMatch(file -> file.sha256().isPresent());
    assertThat(parse(SimpleJson.renderPage(page))).isEqualTo(page.withName(page.normalizedName()));
  }

  @Test
  void a_full_page_is_read_whole() throws Exception {
    String page =
        """
        {"_private": {"deep": [1, {"x": null}]}, "alternate-locations": [], "name": "Some.Name",
         "versions": ["1.0", "2"], "project-status": {"status": "archived", "reason": "moved"},
         "files": [{"filename": "a.whl", "url": "u/a.whl#sha256=00", "_x": [[]], "new": {"y": 1},
           "hashes": {"SHA256": "HEX", "_h": 1, "md5": "ABCDEF00112233445566778899aabbcc"},
           "size": 7, "upload-time": "2020-01-02T03:04:05.678901Z", "requires-python": ">=3.9",
           "yanked": "broken", "core-metadata": {"sha256": "HEX", "md5": 1}, "provenance": "https://x/p",
           "gpg-sig": false, "dist-info-metadata": true}],
         "meta": {"api-version": "1.4", "_last-serial": 42, "tracks": ["x"]}}
        """
            .replace("HEX", HEX);
    assertThat(parse(page))
        .isEqualTo(
            new ProjectPage(
                "Some.Name",
                new ProjectStatus(State.ARCHIVED, "moved"),
                List.of("1.0", "2"),
                List.of(
                    new FileEntry(
                        "a.whl",
                        "u/a.whl",
                        Map.of("sha256", HEX, "md5", "abcdef00112233445566778899aabbcc"),
                        7L,
                        new UploadTime.Stated(Instant.parse("2020-01-02T03:04:05.678901Z")),
                        ">=3.9",
                        new Yank.Yanked("broken"),
                        new MetadataFile.Hashed(new Sha256(HEX)),
                        "https://x/p")),
                42L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"files\": []}",
        "{\"files\": [], \"meta\": {}, \"name\": null, \"versions\": null}",
        "{\"files\": [], \"meta\": null, \"project-status\": null}",
        "{\"files\": [], \"meta\": {\"api-version\": \"1.99\"}, \"project-status\": \"active\"}",
        "{\"files\": [], \"meta\": {\"api-version\": 1.0, \"_last-serial\": \"-x\"}}",
        "{\"files\": [], \"meta\": {\"api-version\": 1, \"_last-serial\": 99999999999999999999}}",
        "{\"files\": [], \"meta\": {\"api-version\": null}, \"project-status\": {\"reason\": 1}}",
        "{\"files\": [], \"project-status\": {\"status\": \"future-word\", \"reason\": \"x\"}}",
        "\uFEFF {\"files\": []} \n",
      })
  void a_poor_page_is_a_page(String page) throws Exception {
    assertThat(parse(page))
        .isEqualTo(new ProjectPage("", ProjectStatus.ACTIVE, List.of(), List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"hashes\": null, \"size\": null, \"requires-python\": null, \"yanked\": null",
        "\"hashes\": {}, \"requires-python\": \"\", \"yanked\": false, \"provenance\": null",
        "\"yanked\": \"\", \"provenance\": \"\", \"core-metadata\": null",
        "\"provenance\": {\"x\": []}, \"core-metadata\": [1], \"dist-info-metadata\": 3",
        "\"upload-time\": null",
        "\"upload-time\": 1577934245",
        "\"upload-time\": [\"2020-01-02T03:04:05Z\"]",
        "\"upload-time\": \"yesterday\"",
        "\"upload-time\": \"\"",
        "\"upload-time\": \"2020-01-02T03:04:05\"",
        "\"upload-time\": \"2020-02-30T03:04:05Z\"",
        "\"upload-time\": \"+99999-01-01T00:00:00Z\"",
        "\"upload-time\": \"-0001-01-01T00:00:00Z\"",
      })
  void what_only_helps_and_cannot_be_read_counts_as_not_said(String more) throws Exception {
    assertThat(file(more)).isEqualTo(BARE);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-02T03:04:05Z,             2020-01-02T03:04:05Z",
    "2020-01-02T03:04:05.6Z,           2020-01-02T03:04:05.600Z",
    "2020-01-02T03:04:05.678901999Z,   2020-01-02T03:04:05.678901Z",
    "2020-01-02T05:04:05.678901+02:00, 2020-01-02T03:04:05.678901Z",
    "1960-01-02T03:04:05.678901Z,      1960-01-02T03:04:05.678901Z",
  })
  void upload_times_are_read_to_the_microsecond(String text, Instant at) throws Exception {
    assertThat(file("\"upload-time\": \"" + text + "\""))
        .isEqualTo(BARE.withUploadTime(new UploadTime.Stated(at)));
  }

  @Test
  void yanked_is_a_boolean_or_a_reason() throws Exception {
    assertThat(file("\"yanked\": true")).isEqualTo(BARE.withYank(new Yank.Yanked("")));
    assertThat(file("\"yanked\": \"<b>\\u0001\""))
        .isEqualTo(BARE.withYank(new Yank.Yanked("<b>\u0001")));
  }

  @Test
  void the_metadata_key_goes_by_three_names_and_the_newest_counts() throws Exception {
    MetadataFile hashed = new MetadataFile.Hashed(new Sha256(HEX));
    String object = "{\"sha256\": \"" + HEX + "\"}";
    for (String key : List.of("core-metadata", "dist-info-metadata", "data-dist-info-metadata")) {
      assertThat(file('"' + key + "\": " + object)).isEqualTo(BARE.withMetadataFile(hashed));
      assertThat(file('"' + key + "\": true"))
          .isEqualTo(BARE.withMetadataFile(new MetadataFile.Announced()));
      assertThat(file('"' + key + "\": {}"))
          .isEqualTo(BARE.withMetadataFile(new MetadataFile.Announced()));
      assertThat(file('"' + key + "\": false"))
          .isEqualTo(BARE.withMetadataFile(new MetadataFile.Absent()));
    }
    assertThat(
            file(
                "\"data-dist-info-metadata\": false, \"dist-info-metadata\": true,"
                    + " \"core-metadata\": "
                    + object))
        .isEqualTo(BARE.withMetadataFile(hashed));
    assertThat(file("\"data-dist-info-metadata\": false, \"dist-info-metadata\": true"))
        .isEqualTo(BARE.withMetadataFile(new MetadataFile.Announced()));
    assertThat(file("\"core-metadata\": null, \"data-dist-info-metadata\": true"))
        .isEqualTo(BARE.withMetadataFile(new MetadataFile.Announced()));
  }

  @Test
  void the_status_at_the_top_counts_before_the_one_in_meta() throws Exception {
    String inMeta = "\"meta\": {\"project-status\": {\"status\": \"deprecated\"}}";
    assertThat(parse("{\"files\": [], " + inMeta + "}").status())
        .isEqualTo(new ProjectStatus(State.DEPRECATED, ""));
    assertThat(
            parse("{\"project-status\": \"quarantined\", " + inMeta + ", \"files\": []}").status())
        .isEqualTo(new ProjectStatus(State.QUARANTINED, ""));
  }

  @Test
  void the_same_file_twice_is_one_file() throws Exception {
    String entry = entry("\"hashes\": {\"sha256\": \"" + HEX + "\"}");
    assertThat(parse("{\"files\": [" + entry + "," + entry + "]}").files()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          # page                                            | the sentence
          []                                                | The page is no JSON object.
          "x"                                               | The page is no JSON object.
          null                                              | The page is no JSON object.
          ~~                                                | The page is no JSON object.
          {}                                                | The page has no `files`.
          {"meta": {"api-version": "1.1"}, "name": "a"}     | The page has no `files`.
          {"files": {}}                                     | The page has a `files` that is no list.
          {"files": null}                                   | The page has a `files` that is no list.
          {"files": "x"}                                    | The page has a `files` that is no list.
          {"files": [], "files": []}                        | The page has `files` twice.
          {"files": [[]]}                                   | The page has an entry in `files` that is no object, number 1.
          {"files": [null]}                                 | The page has an entry in `files` that is no object, number 1.
          {"files": []} {}                                  | The page goes on after its JSON object.
          {"files": [], "name": 7}                          | The page has a `name` that is no text.
          {"files": [], "name": "../x"}                     | The page has a `name` that is no project's name: "../x".
          {"files": [], "versions": {}}                     | The page has a `versions` that is no list.
          {"files": [], "versions": [1]}                    | The page has an entry of `versions` that is no text.
          {"files": [], "meta": {"api-version": []}}        | The page has an `api-version` that is no text.
          {"meta": {"api-version": "2.0"}, "files": 7}      | The page has the `api-version` "2.0", and only versions 1.x are understood here.
          {"files": [], "meta": {"api-version": 2}}         | The page has the `api-version` "2", and only versions 1.x are understood here.
          {"files": [], "meta": {"api-version": "10.0"}}    | The page has the `api-version` "10.0", and only versions 1.x are understood here.
          {"files": [], "meta": {"api-version": "x"}}       | The page has the `api-version` "x", and only versions 1.x are understood here.
          """)
  void a_page_that_would_hurt_is_refused_with_a_sentence(@Nullable String page, String sentence) {
    assertThat(refusal(page == null ? "" : page)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html>",
        "{",
        "{\"files\": [",
        "{\"files\": [{\"filename\": \"a",
        "{\"files\": [],}",
        "{files: []}",
        "{\"files\": []} x",
        "{'files': []}",
        "{\"files\": [NaN]}",
        "{\"files\": [] /* c */}",
        "{\"files\": [], \"x\": \"\\ud8\"}",
        "{\"files\": [], \"x\": \"a\u0001b\"}",
      })
  void what_is_not_json_is_refused(String page) {
    assertThat(refusal(page)).startsWith("The page is not JSON: ").contains(" at line 1, column ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "filename": "a.whl"                               | The page's file "a.whl" has no `url`.
          "url": "u"                                        | The page's file number 1 has no `filename`.
          "filename": 7                                     | The page's file number 1 has a `filename` that is no text.
          "filename": ""                                    | The page's file number 1 has a `filename` that is no file name: "".
          "filename": ".."                                  | The page's file number 1 has a `filename` that is no file name: "..".
          "filename": "../../etc/passwd"                    | The page's file number 1 has a `filename` with a path separator: "../../etc/passwd".
          "filename": "a\\\\b.whl"                          | The page's file number 1 has a `filename` with a path separator: "a\\b.whl".
          "filename": "a\\u0000.whl"                        | The page's file number 1 has a `filename` with a control character: "a?.whl".
          "filename": "a\\r\\nb.whl"                        | The page's file number 1 has a `filename` with a control character: "a??b.whl".
          "filename": "a\\u202Elhw.exe"                     | The page's file number 1 has a `filename` with a control character: "a?lhw.exe".
          "filename": "a\\ud800.whl"                        | The page's file number 1 has a `filename` with half a character: "a?.whl".
          "filename": "a.whl", "url": 7                     | The page's file "a.whl" has a `url` that is no text.
          "filename": "a.whl", "url": "#x"                  | The page's file "a.whl" has an empty `url`.
          "filename": "a.whl", "url": "u\\n"                | The page's file "a.whl" has a `url` with a fragment or a control character: "u?".
          "filename": "a.whl", "hashes": []                 | The page's file "a.whl" has `hashes` that are no object.
          "filename": "a.whl", "hashes": {"sha256": 7}      | The page's file "a.whl" has a hash that is no text: "sha256".
          "filename": "a.whl", "hashes": {"sha256": "zz"}   | The page's file "a.whl" has a `sha256` that is no such hash: "zz".
          "filename": "a.whl", "hashes": {"sha256": "abcd"} | The page's file "a.whl" has a `sha256` that is no such hash: "abcd".
          "filename": "a.whl", "hashes": {"new": ""}        | The page's file "a.whl" has a `new` that is no such hash: "".
          "filename": "a.whl", "hashes": {"a\\"b": "00"}    | The page's file "a.whl" has a key in `hashes` that names no algorithm: "a?b".
          "filename": "a.whl", "size": -5                   | The page's file "a.whl" has a negative `size`: -5.
          "filename": "a.whl", "size": "5"                  | The page's file "a.whl" has a `size` that is no whole number of bytes.
          "filename": "a.whl", "size": 5.5                  | The page's file "a.whl" has a `size` that is no whole number of bytes.
          "filename": "a.whl", "size": 99999999999999999999 | The page's file "a.whl" has a `size` that is no whole number of bytes.
          "filename": "a.whl", "requires-python": 3         | The page's file "a.whl" has a `requires-python` that is no text.
          "filename": "a.whl", "yanked": {}                 | The page's file "a.whl" has a `yanked` that is neither true nor false nor text.
          "filename": "a.whl", "core-metadata": {"sha256": "zz"} | The page's file "a.whl" has a `sha256` in `core-metadata` that is no such hash.
          """)
  void a_file_that_would_hurt_is_refused_by_name_and_key(String entry, String sentence) {
    assertThat(refusal("{\"files\": [{" + entry + "}]}")).isEqualTo(sentence);
  }

  @Test
  void one_name_for_two_contents_is_refused() {
    String one = entry("\"hashes\": {\"sha256\": \"" + HEX + "\"}");
    String other = entry("\"hashes\": {\"sha256\": \"" + "0".repeat(64) + "\"}");
    String unknown = entry("\"hashes\": {}");
    String sentence =
        "The page has the file \"a.whl\" twice, with `hashes` that do not say that both are the same.";
    assertThat(refusal("{\"files\": [" + one + "," + other + "]}")).isEqualTo(sentence);
    assertThat(refusal("{\"files\": [" + one + "," + unknown + "]}")).isEqualTo(sentence);
    assertThat(refusal("{\"files\": [" + unknown + "," + unknown + "]}")).isEqualTo(sentence);
  }

  @Test
  void a_file_name_has_at_most_512_bytes() throws Exception {
    String longest = "é".repeat(256);
    String page = "{\"files\": [{\"url\": \"u\", \"filename\": \"NAME\"}]}";
    assertThat(parse(page.replace("NAME", longest)).files().getFirst().filename())
        .isEqualTo(longest);
    assertThat(refusal(page.replace("NAME", longest + "x")))
        .isEqualTo(
            "The page's file number 1 has a `filename` of over 512 bytes: \""
                + "é".repeat(80)
                + "…\".");
  }

  @Test
  void a_page_beyond_its_limits_is_refused() {
    PageLimits limits = new PageLimits(1000, 2, 5, 100);
    assertThat(refusal("{\"files\": [], \"x\": \"" + " ".repeat(1000) + "\"}", limits))
        .isEqualTo("The page passes a limit: it is longer than 1000 bytes.");
    assertThat(refusal("{\"files\": [" + "{\"filename\":\"a\",\"url\":\"u\"},".repeat(3), limits))
        .contains("the file \"a\" twice");
    assertThat(refusal("{\"versions\": [\"1\",\"2\",\"3\"]}", limits))
        .isEqualTo("The page has more than 2 entries in `versions`.");
    assertThat(
            refusal(
                "{\"files\": [{\"filename\":\"a\",\"url\":\"u\"},{\"filename\":\"b\",\"url\":\"u\"},7",
                limits))
        .isEqualTo("The page has more than 2 entries in `files`.");
    assertThat(refusal("{\"x\": [[[[[", limits))
        .startsWith("The page passes a limit: Document nesting depth (6) exceeds");
    assertThat(refusal("{\"name\": \"" + "a".repeat(101) + "\"}", limits))
        .startsWith("The page passes a limit: String value length (101) exceeds");
    assertThat(refusal("{\"" + "a".repeat(101) + "\": 1}", limits))
        .startsWith("The page passes a limit: Name length (101) exceeds");
    StringBuilder hashes = new StringBuilder();
    for (char name = 'a'; name <= 'q'; name++) {
      hashes.append('"').append(name).append("\": \"00\",");
    }
    assertThat(
            refusal(
                "{\"files\": [{\"filename\": \"a\", \"hashes\": {" + hashes + "}}]}",
                PageLimits.ofProject()))
        .isEqualTo("The page's file \"a\" has more than 16 `hashes`.");
  }

  @Test
  void an_endless_body_is_left_at_the_limit() {
    InputStream page = new SequenceInputStream(stream("{\"files\": ["), new EndlessSpaces());
    assertThatThrownBy(() -> SimpleJson.parsePage(page, new PageLimits(100_000, 10, 10, 100)))
        .isInstanceOf(MalformedPageException.class)
        .hasMessage("The page passes a limit: it is longer than 100000 bytes.");
  }

  @Test
  void a_broken_connection_is_a_fault_and_not_a_malformed_page() {
    IOException fault = new IOException("connection reset");
    InputStream broken = new Broken(fault);
    assertThatThrownBy(() -> SimpleJson.parsePage(broken, PageLimits.ofProject())).isSameAs(fault);
    assertThatThrownBy(() ->
            SimpleJson.parsePage(
                new SequenceInputStream(stream("{\"files\": ["), broken), PageLimits.ofProject()))
        .isSameAs(fault);
  }

  @Test
  void bytes_that_are_no_text_are_not_json() {
    byte[] latin = "{\"files\": [], \"x\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(latin, PageLimits.ofProject())).startsWith("The page is not JSON: ");
    byte[] wide = "{\"files\": []}".getBytes(Charset.forName("UTF-32BE"));
    wide[8] = 0x7F;
    assertThat(refusal(wide, PageLimits.ofProject())).startsWith("The page is not JSON: ");
  }

  @Test
  void keys_that_are_made_to_collide_do_no_harm() throws Exception {
    StringBuilder page = new StringBuilder("{\"files\": []");
    for (int i = 0; i < 200_000; i++) {
      page.append(",\"k").append(i).append("\":0");
    }
    assertThat(parse(page.append('}').toString()).files()).isEmpty();
  }

  private static String entry(String more) {
    return "{\"filename\": \"a.whl\", \"url\": \"u/a.whl\", " + more + "}";
  }

  private static FileEntry file(String more) throws Exception {
    return parse("{\"files\": [" + entry(more) + "]}").files().getFirst();
  }

  private static ProjectPage parse(String page) throws Exception {
    return parse(page.getBytes(StandardCharsets.UTF_8));
  }

  private static ProjectPage parse(byte[] page) throws Exception {
    return SimpleJson.parsePage(new ByteArrayInputStream(page), PageLimits.ofProject());
  }

  private static String refusal(String page) {
    return refusal(page, PageLimits.ofProject());
  }

  private static String refusal(String page, PageLimits limits) {
    return refusal(page.getBytes(StandardCharsets.UTF_8), limits);
  }

  private static String refusal(byte[] page, PageLimits limits) {
    return catchThrowableOfType(
            MalformedPageException.class,
            () -> SimpleJson.parsePage(new ByteArrayInputStream(page), limits))
        .getMessage();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class EndlessSpaces extends InputStream {
    @Override
    public int read() {
      return ' ';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) ' ');
      return length;
    }
  }

  private static final class Broken extends InputStream {
    private final IOException fault;

    Broken(IOException fault) {
      this.fault = fault;
    }

    @Override
    public int read() throws IOException {
      throw fault;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw fault;
    }
  }
}
