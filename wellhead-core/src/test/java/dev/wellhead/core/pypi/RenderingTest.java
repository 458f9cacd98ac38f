package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wellhead.core.pypi.ProjectStatus.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static final String HEX = "ab".repeat(32);
  private static final FileEntry WHEEL =
      new FileEntry(
          "six-1.0-py3-none-any.whl",
          "../../files/six-1.0-py3-none-any.whl",
          Map.of("sha256", HEX, "md5", "cd".repeat(16)),
          11L,
          new UploadTime.Stated(Instant.parse("2020-01-02T03:04:05Z")),
          ">=3.9,<4",
          new Yank.Yanked("held <until> \"Monday\""),
          new MetadataFile.Hashed(new Sha256(HEX)),
          "https://index.test/integrity/six");
  private static final FileEntry SDIST =
      new FileEntry(
          "six-1.0.tar.gz",
          "../../files/six-1.0.tar.gz",
          Map.of(),
          null,
          new UploadTime.FirstSeen(Instant.parse("2020-01-02T03:04:05.067Z")),
          null,
          new Yank.Not(),
          new MetadataFile.Absent(),
          null);
  private static final ProjectPage PAGE =
      new ProjectPage(
          "Six",
          new ProjectStatus(State.DEPRECATED, "use > six"),
          List.of("1.0"),
          List.of(WHEEL, SDIST),
          7L);

  @Test
  void a_page_in_json() {
    String expected =
        """
        {"meta":{"api-version":"1.4","_last-serial":7},"name":"six",\
        "project-status":{"status":"deprecated","reason":"use > six"},"versions":["1.0"],"files":[\
        {"filename":"six-1.0-py3-none-any.whl","url":"../../files/six-1.0-py3-none-any.whl",\
        "hashes":{"md5":"MD5","sha256":"HEX"},"requires-python":">=3.9,<4","size":11,\
        "upload-time":"2020-01-02T03:04:05.000000Z","yanked":"held <until> \\"Monday\\"",\
        "core-metadata":{"sha256":"HEX"},"data-dist-info-metadata":{"sha256":"HEX"},\
        "provenance":"https://index.test/integrity/six"},\
        {"filename":"six-1.0.tar.gz","url":"../../files/six-1.0.tar.gz","hashes":{},\
        "upload-time":"2020-01-02T03:04:05.067000Z","yanked":false,\
        "core-metadata":false,"data-dist-info-metadata":false,\
        "_wellhead":{"upload-time":"first-seen","refused":"no-sha256"}}]}\
        """
            .replace("HEX", HEX)
            .replace("MD5", "cd".repeat(16));
    assertThat(SimpleJson.renderPage(PAGE)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
  }

  @Test
  void a_page_in_html() {
    String expected =
        """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.4">\
        <meta name="pypi:project-status" content="deprecated">\
        <meta name="pypi:project-status-reason" content="use &gt; six">\
        <title>Links for six</title></head>
        <body>
        <h1>Links for six</h1>
        <a href="../../files/six-1.0-py3-none-any.whl#sha256=HEX" \
        data-requires-python="&gt;=3.9,&lt;4" data-yanked="held &lt;until&gt; &quot;Monday&quot;" \
        data-core-metadata="sha256=HEX" data-dist-info-metadata="sha256=HEX" \
        data-provenance="https://index.test/integrity/six">six-1.0-py3-none-any.whl</a><br>
        <a href="../../files/six-1.0.tar.gz">six-1.0.tar.gz</a><br>
        </body></html>
        """
            .replace("HEX", HEX);
    assertThat(SimpleHtml.renderPage(PAGE)).asString(StandardCharsets.UTF_8).isEqualTo(expected);
  }

  @Test
  void an_active_project_without_files_says_just_that() {
    ProjectPage empty = new ProjectPage("six", ProjectStatus.ACTIVE, List.of(), List.of(), null);
    assertThat(SimpleJson.renderPage(empty))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            """
            {"meta":{"api-version":"1.4"},"name":"six","project-status":{"status":"active"},\
            "versions":[],"files":[]}\
            """);
    assertThat(HtmlPage.read(SimpleHtml.renderPage(empty)).metas())
        .isEqualTo(Map.of("pypi:repository-version", "1.4", "pypi:project-status", "active"));
  }

  @Test
  void the_order_of_hashes_does_not_show() {
    FileEntry one = file(Map.of("sha256", HEX, "md5", "00".repeat(16), "sha1", "0".repeat(40)));
    assertThat(one.hashes().keySet()).containsExactly("md5", "sha1", "sha256");
    assertThat(one).isEqualTo(file(Map.copyOf(one.hashes())));
    assertThat(one.sha256()).contains(new Sha256(HEX));
    assertThat(file(Map.of()).sha256()).isEmpty();
  }

  @Test
  void an_entry_that_no_page_can_carry_cannot_be_made() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file(Map.of("sha256", "\"><script>")))
        .withMessageStartingWith("a file's entry has a `sha256` that is no such hash");
    assertThatIllegalArgumentException().isThrownBy(() -> SDIST.withUrl("a#b"));
    assertThatIllegalArgumentException().isThrownBy(() -> SDIST.withSize(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new UploadTime.Stated(Instant.MAX));
    assertThatIllegalArgumentException().isThrownBy(() -> new UploadTime.FirstSeen(Instant.MIN));
  }

  private static FileEntry file(Map<String, String> hashes) {
    return new FileEntry(
        "a.whl",
        "a.whl",
        hashes,
        1L,
        new UploadTime.Unstated(),
        null,
        new Yank.Not(),
        new MetadataFile.Unstated(),
        null);
  }
}
