package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wellhead.core.pypi.ProjectStatus.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleHtmlReadingTest {
  private static final URI AT = URI.create("https://index.test/pypi/simple/six/");
  private static final URI ROOT = URI.create("https://index.test/pypi/simple/");
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final Sha256 SHA256 = new Sha256(HEX);

  @Test
  void a_page_says_all_that_html_can_say() throws Exception {
    ProjectPage page =
        parse(
            """
            <!DOCTYPE html><html><head>
            <meta name="pypi:repository-version" content="1.4">
            <meta name="pypi:project-status" content="archived">
            <meta name="pypi:project-status-reason" content="see &lt;seven&gt;">
            <title>Links for six</title></head><body><h1>Links for six</h1>
            <a href="../../packages/six-1.0-py3-none-any.whl#sha256=HEX"
              data-requires-python="&gt;=3.9,&lt;4" data-yanked="bad &amp; ugly"
              data-core-metadata="sha256=HEX" data-gpg-sig="true"
              data-provenance="https://index.test/integrity/six/1.0/x/provenance">six-1.0…</a><br>
            </body></html>
            """
                .replace("HEX", HEX));
    assertThat(page)
        .isEqualTo(
            new ProjectPage(
                "",
                new ProjectStatus(State.ARCHIVED, "see <seven>"),
                List.of(),
                List.of(
                    new FileEntry(
                        "six-1.0-py3-none-any.whl",
                        "../../packages/six-1.0-py3-none-any.whl",
                        Map.of("sha256", HEX),
                        null,
                        new UploadTime.Unstated(),
                        ">=3.9,<4",
                        new Yank.Yanked("bad & ugly"),
                        new MetadataFile.Hashed(SHA256),
                        "https://index.test/integrity/six/1.0/x/provenance")),
                null));
  }

  @Test
  void what_a_poor_page_leaves_out_is_unstated() throws Exception {
    assertThat(file("<a href=six-1.0.tar.gz>"))
        .isEqualTo(plain("six-1.0.tar.gz", "six-1.0.tar.gz", Map.of()));
  }

  @Test
  void the_file_name_is_the_decoded_end_of_the_path_and_the_url_stays_as_it_is() throws Exception {
    String torch = "torch-2.0.0%2Bcu118-cp311-cp311-linux_x86_64.whl";
    assertThat(file("<a href='/whl/cu118/" + torch + "'>"))
        .isEqualTo(plain(torch.replace("%2B", "+"), "/whl/cu118/" + torch, Map.of()));
    assertThat(file("<a href='https://files.test/a/six-1.0.zip?token=x'>").url())
        .isEqualTo("https://files.test/a/six-1.0.zip?token=x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sha256=HEX                     | {sha256=HEX}
          SHA256=HEX                     | {sha256=HEX}
          md5=00112233445566778899aabbccddeeff | {md5=00112233445566778899aabbccddeeff}
          md5=00112233445566778899AABBCCDDEEFF | {md5=00112233445566778899aabbccddeeff}
          sha256=HEX&egg=six&subdirectory=x    | {sha256=HEX}
          egg=face                       | {}
          unknown=abcdef                 | {}
          a=b=c                          | {}
          &&=                            | {}
          """)
  void hashes_are_those_of_known_algorithms_in_the_fragment(String fragment, String hashes)
      throws Exception {
    FileEntry file = file("<a href='six-1.0.zip#" + fragment.replace("HEX", HEX) + "'>");
    assertThat(file.hashes().toString()).isEqualTo(hashes.replace("HEX", HEX));
    assertThat(file.url()).isEqualTo("six-1.0.zip");
  }

  @Test
  void the_metadata_is_announced_hashed_denied_or_not_mentioned() throws Exception {
    MetadataFile announced = new MetadataFile.Announced();
    assertThat(metadata("")).isEqualTo(new MetadataFile.Unstated());
    assertThat(metadata("data-core-metadata")).isEqualTo(announced);
    assertThat(metadata("data-core-metadata=true")).isEqualTo(announced);
    assertThat(metadata("data-core-metadata='md5=00'")).isEqualTo(announced);
    assertThat(metadata("data-core-metadata=false")).isEqualTo(new MetadataFile.Absent());
    assertThat(metadata("data-core-metadata=perhaps")).isEqualTo(new MetadataFile.Unstated());
    assertThat(metadata("data-dist-info-metadata='sha256=" + HEX + "'"))
        .isEqualTo(new MetadataFile.Hashed(SHA256));
    assertThat(metadata("data-dist-info-metadata=false data-core-metadata=true"))
        .isEqualTo(announced);
  }

  @Test
  void a_yank_is_an_attribute_with_or_without_a_reason() throws Exception {
    assertThat(file("<a href=a-1.zip data-yanked>").yank()).isEqualTo(new Yank.Yanked(""));
    assertThat(file("<a href=a-1.zip data-yanked=''>").yank()).isEqualTo(new Yank.Yanked(""));
    assertThat(file("<A HREF=a-1.zip DATA-YANKED=x>").yank()).isEqualTo(new Yank.Yanked("x"));
  }

  @Test
  void a_base_counts_for_every_link_of_the_page() throws Exception {
    String page = "<a href=a-1.zip>a</a><base href='/files/'><base href='/other/'><a href=b-1.zip>";
    assertThat(parse(page).files().stream().map(FileEntry::url))
        .containsExactly("https://index.test/files/a-1.zip", "https://index.test/files/b-1.zip");
    assertThat(parse("<base href='https://cdn.test/x/'><a href='../y/a-1.zip'>").files())
        .containsExactly(plain("a-1.zip", "https://cdn.test/y/a-1.zip", Map.of()));
    assertThat(parse("<base href='javascript:1'><a href='y/a-1.zip'>").files())
        .containsExactly(plain("a-1.zip", "y/a-1.zip", Map.of()));
  }

  @Test
  void links_for_people_are_passed_over() throws Exception {
    String page =
        """
        <a href="../">Parent</a> <a href="?C=N;O=D">Name</a> <a name="top"></a> <a href="">x</a>
        <a href="javascript:void(0)">menu</a> <a href="/login">in</a> <a href="a-1.zip.asc">sig</a>
        <a href="#a-1.zip">up</a> <a href="a-1.zip/">folder</a> <a href="a-1.zip"><img></a>
        <a href="a-1.zip">a-1.zip</a>
        """;
    assertThat(parse(page).files()).containsExactly(plain("a-1.zip", "a-1.zip", Map.of()));
  }

  @Test
  void markup_that_browsers_repair_is_read_as_they_read_it() throws Exception {
    List<String> names = new ArrayList<>();
    String page =
        "<table><table><tr><a href=a-1.zip><td><a href=b-1.zip><table><a href=c-1.zip>x</table>"
            + "<select><option><a href=d-1.zip></select></p></br><b><i></b><a href=e-1.zip>"
            + "<!-- <a href=no-1.zip> --><script>'<a href=no-2.zip>'</script><a href=f-1.zip";
    parse(page).files().forEach(file -> names.add(file.filename()));
    assertThat(names)
        .containsExactlyInAnyOrder("a-1.zip", "b-1.zip", "c-1.zip", "d-1.zip", "e-1.zip");
  }

  @Test
  void a_link_that_stands_twice_is_one_file_and_another_content_is_refused() throws Exception {
    String one = "<a href='a-1.zip#sha256=" + HEX + "'>x</a>";
    String moved = "<a href='b/a-1.zip#sha256=" + HEX + "'>x</a>";
    assertThat(parse(one + one + moved).files()).hasSize(1);
    assertThat(parse("<a href=a-1.zip>x</a><a href=a-1.zip>x</a>").files()).hasSize(1);
    String sentence =
        "The page has the file \"a-1.zip\" twice, with `hashes` that do not say that both are the"
            + " same.";
    assertThat(refusal(one + "<a href=a-1.zip>")).isEqualTo(sentence);
    assertThat(refusal("<a href=a-1.zip></a><a href='b/a-1.zip'>")).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          a-1.zip#sha256=zz      | The page's file "a-1.zip" has a `sha256` that is no such hash: "zz".
          a-1.zip#sha256=        | The page's file "a-1.zip" has a `sha256` that is no such hash: "".
          a-1.zip#md5=00&md5=11  | The page's file "a-1.zip" has a `md5` that is no such hash: "00".
          x%2Fa-1.zip            | The page's file number 1 has a `filename` with a path separator: "x/a-1.zip".
          x%5Ca-1.zip            | The page's file number 1 has a `filename` with a path separator: "x\\a-1.zip".
          x%00a-1.zip            | The page's file number 1 has a `filename` with a control character: "x?a-1.zip".
          %E2%80%AEa-1.zip       | The page's file number 1 has a `filename` with a control character: "?a-1.zip".
          %zza-1.zip             | The page's file number 1 has a `filename` that is no text: "%zza-1.zip".
          %FFa-1.zip             | The page's file number 1 has a `filename` that is no text: "%FFa-1.zip".
          x&#10;y/a-1.zip        | The page's file "a-1.zip" has a `url` with a fragment or a control character: "x?y/a-1.zip".
          """)
  void a_link_that_would_hurt_is_refused_by_name_and_fault(String href, String sentence) {
    assertThat(refusal("<a href=\"" + href + "\">x</a>")).isEqualTo(sentence);
  }

  @Test
  void a_metadata_hash_that_is_none_is_refused() {
    assertThat(refusal("<a href=a-1.zip data-core-metadata='sha256=zz'>"))
        .isEqualTo(
            "The page's file \"a-1.zip\" has a `sha256` in `data-core-metadata` that is no such"
                + " hash.");
  }

  @Test
  void urls_of_other_schemes_come_as_they_are_for_the_caller_to_judge() throws Exception {
    for (String url :
        List.of("javascript:alert(1)//a-1.zip", "data:application/zip;base64,AA/a-1.zip")) {
      assertThat(file("<a href='" + url + "'>").url()).isEqualTo(url);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!DOCTYPE html><title>Sign in</title><form><input name=password></form>",
        "<a href='/login'>log in</a>",
        "{\"files\": []}",
        "<a data-x='a-1.zip'>"
      })
  void html_that_is_no_index_page_is_refused(String page) {
    assertThat(refusal(page))
        .isEqualTo(
            "The page is HTML and no page of a Simple API: it links to no distribution file and"
                + " has no `pypi:repository-version`. A sign-in page looks so.");
  }

  @Test
  void a_project_without_files_is_one_when_the_page_says_what_it_is() throws Exception {
    assertThat(parse("<meta name=pypi:repository-version content=1.0>"))
        .isEqualTo(new ProjectPage("", ProjectStatus.ACTIVE, List.of(), List.of(), null));
    assertThat(refusal("<meta name=pypi:repository-version content=2.0><a href=a-1.zip>"))
        .isEqualTo(
            "The page has the `pypi:repository-version` \"2.0\", and only versions 1.x are"
                + " understood here.");
  }

  @Test
  void a_nul_shows_a_wrong_charset_and_other_broken_text_is_replaced() throws Exception {
    String page = "<a href=a-1.zip data-yanked='naïve'>";
    assertThat(refusal(page.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8))
        .isEqualTo(
            "The page has a NUL character: its text is not in the charset that it is said to be"
                + " in.");
    assertThat(yank(page.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16))
        .isEqualTo("naïve");
    byte[] latin = page.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(yank(latin, StandardCharsets.ISO_8859_1)).isEqualTo("naïve");
    assertThat(yank(latin, StandardCharsets.UTF_8)).isEqualTo("na\uFFFDve");
    assertThat(
            refusal(
                "<a href='ï/a-1.zip'>".getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8))
        .contains("a `url` that is no text in the page's charset");
  }

  @Test
  void a_page_beyond_its_limits_is_refused() {
    PageLimits limits = new PageLimits(100_000, 2, 20, 100);
    assertThat(refusal("x".repeat(100_001), limits))
        .isEqualTo("The page passes a limit: it is longer than 100000 bytes.");
    assertThat(refusal("<a href=a-1.zip></a><a href=b-1.zip></a><a href=c-1.zip></a>", limits))
        .isEqualTo("The page has more than 2 entries in `files`.");
    assertThat(refusal("<br>".repeat(30), limits))
        .isEqualTo("The page passes a limit: it has more than 24 elements.");
    assertThat(refusal("<a href='" + "x".repeat(101) + "'>", limits))
        .isEqualTo("The page passes a limit: it has a `href` longer than 100 characters.");
    assertThat(refusal("<!>".repeat(4_001), PageLimits.ofProject()))
        .isEqualTo("The page passes a limit: it has over 4000 tags that end no element.");
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      attributes.append(" a").append(i);
    }
    assertThat(refusal("<a" + attributes + " href=a-1.zip>", PageLimits.ofProject()))
        .isEqualTo("The page has an element with more than 64 attributes.");
  }

  @Test
  void deep_nesting_costs_nothing_and_loses_no_link() throws Exception {
    String page = "<div>".repeat(3_000) + "<a href=a-1.zip>a</a>" + "</div>".repeat(900);
    assertThat(parse(page).files()).hasSize(1);
  }

  @Test
  void a_broken_connection_comes_through_and_the_stream_stays_open() throws Exception {
    IOException broken = new IOException("reset");
    InputStream breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw broken;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw broken;
          }
        };
    assertThatThrownBy(() ->
            SimpleHtml.parsePage(breaking, StandardCharsets.UTF_8, AT, PageLimits.ofProject()))
        .isSameAs(broken);
    boolean[] closed = {false};
    InputStream in =
        new ByteArrayInputStream("<a href=a-1.zip>".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    SimpleHtml.parsePage(in, StandardCharsets.UTF_8, AT, PageLimits.ofProject());
    assertThat(closed[0]).isFalse();
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void names_are_the_folders_right_below_the_list() throws Exception {
    assertThat(
            names(
                """
                <a href="six/">six</a> <a href="seven-of-nine/">Seven.of_Nine</a>
                <a href="very-long-name/">very-lo..&gt;</a> <a href="/pypi/simple/abs/">abs</a>
                <a href="https://other.test/pypi/simple/proxied/">proxied</a> <a href="bare">bare</a>
                <a href="../">up</a> <a href="?C=N;O=D">by name</a> <a href="/login/">log in</a>
                <a href="a/b/">deeper</a> <a href="-no-/">no</a> <a>none</a> <a href="%zz/">x</a>
                <a href="mailto:me">me</a>
                """))
        .containsExactly("six", "Seven.of_Nine", "very-long-name", "abs", "proxied", "bare");
  }

  @Test
  void a_list_that_is_no_index_is_refused() {
    assertThatThrownBy(() -> names("<title>Sign in</title><a href='/help/'>help</a>"))
        .isInstanceOf(MalformedPageException.class)
        .hasMessage(
            "The page is HTML and no page of a Simple API: it links to no folder below its own and"
                + " has no `pypi:repository-version`. A sign-in page looks so.");
  }

  private static MetadataFile metadata(String attributes) throws Exception {
    return file("<a href=a-1.zip " + attributes + ">").metadataFile();
  }

  private static @Nullable String yank(byte[] page, Charset charset) throws Exception {
    ProjectPage read =
        SimpleHtml.parsePage(new ByteArrayInputStream(page), charset, AT, PageLimits.ofProject());
    return read.files().getFirst().yank() instanceof Yank.Yanked(String reason) ? reason : null;
  }

  private static FileEntry file(String html) throws Exception {
    List<FileEntry> files = parse(html).files();
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  private static FileEntry plain(String filename, String url, Map<String, String> hashes) {
    return new FileEntry(
        filename,
        url,
        hashes,
        null,
        new UploadTime.Unstated(),
        null,
        new Yank.Not(),
        new MetadataFile.Unstated(),
        null);
  }

  private static ProjectPage parse(String html) throws Exception {
    return parse(html, PageLimits.ofProject());
  }

  private static ProjectPage parse(String html, PageLimits limits) throws Exception {
    return SimpleHtml.parsePage(
        new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8,
        AT,
        limits);
  }

  private static String refusal(String html) {
    return refusal(html, PageLimits.ofProject());
  }

  private static String refusal(String html, PageLimits limits) {
    return String.valueOf(
        catchThrowableOfType(MalformedPageException.class, () -> parse(html, limits)).getMessage());
  }

  private static String refusal(byte[] page, Charset charset) {
    return String.valueOf(
        catchThrowableOfType(MalformedPageException.class, () -> yank(page, charset)).getMessage());
  }

  private static List<String> names(String html) throws Exception {
    List<String> names = new ArrayList<>();
    SimpleHtml.parseNames(
        new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8,
        ROOT,
        PageLimits.ofNames(),
        names::add);
    return names;
  }
}
