package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LegacyJsonTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEX = "ab".repeat(32);
  private static final String MD5 = "cd".repeat(16);
  private static final FileEntry WHEEL =
      new FileEntry(
          "six-2.0-py2.py3-none-any.whl",
          "https://index.test/files/six-2.0-py2.py3-none-any.whl",
          Map.of("sha256", HEX, "md5", MD5, "sha1", "0".repeat(40)),
          11L,
          new UploadTime.Stated(Instant.parse("2020-01-02T03:04:05.678901Z")),
          ">=3.9",
          new Yank.Yanked("broken \"here\""),
          new MetadataFile.Announced(),
          null);
  private static final FileEntry SDIST =
      new FileEntry(
          "six-1.0.tar.gz",
          "https://index.test/files/six-1.0.tar.gz",
          Map.of("sha256", HEX),
          null,
          new UploadTime.Unstated(),
          null,
          new Yank.Not(),
          new MetadataFile.Absent(),
          null);
  private static final FileEntry UNREADABLE =
      new FileEntry(
          "readme",
          "https://index.test/files/readme",
          Map.of(),
          null,
          new UploadTime.Unstated(),
          null,
          new Yank.Not(),
          new MetadataFile.Unstated(),
          null);
  private static final ProjectPage PAGE =
      new ProjectPage(
          "six",
          ProjectStatus.ACTIVE,
          List.of("0.9", "1.0", "2.0"),
          List.of(SDIST, WHEEL, UNREADABLE),
          7L);

  private static final String WHEEL_JSON =
      """
      {"comment_text": "", "digests": {"md5": "MD5", "sha256": "HEX"}, "downloads": -1,
       "filename": "six-2.0-py2.py3-none-any.whl", "has_sig": false, "md5_digest": "MD5",
       "packagetype": "bdist_wheel", "python_version": "py2.py3", "requires_python": ">=3.9",
       "size": 11, "upload_time": "2020-01-02T03:04:05",
       "upload_time_iso_8601": "2020-01-02T03:04:05.678901Z",
       "url": "https://index.test/files/six-2.0-py2.py3-none-any.whl",
       "yanked": true, "yanked_reason": "broken \\"here\\""}\
      """
          .replace("HEX", HEX)
          .replace("MD5", MD5);
  private static final String SDIST_JSON =
      """
      {"comment_text": "", "digests": {"sha256": "HEX"}, "downloads": -1,
       "filename": "six-1.0.tar.gz", "has_sig": false, "packagetype": "sdist",
       "python_version": "source", "requires_python": null, "size": null, "upload_time": null,
       "upload_time_iso_8601": null, "url": "https://index.test/files/six-1.0.tar.gz",
       "yanked": false, "yanked_reason": null}\
      """
          .replace("HEX", HEX);
  private static final String NOTHING_KNOWN =
      """
      "author": null, "author_email": null, "bugtrack_url": null, "classifiers": [],
      "description": null, "description_content_type": null, "docs_url": null,
      "download_url": null, "downloads": {"last_day": -1, "last_month": -1, "last_week": -1},
      "dynamic": null, "home_page": null, "keywords": null, "license": null,
      "license_expression": null, "license_files": null, "maintainer": null,
      "maintainer_email": null, "name": "six", "package_url": "", "platform": null,
      "project_url": "", "project_urls": null, "provides_extra": null, "release_url": "",
      "requires_dist": null, "summary": null,
      """;

  @Test
  void a_project_has_its_releases_and_the_files_of_the_latest() {
    assertThat(read(LegacyJson.renderProject(PAGE, "2.0", null, LegacyJsonTest::version)))
        .isEqualTo(
            JSON.readTree(
                "{\"info\": {"
                    + NOTHING_KNOWN
                    + " \"requires_python\": \">=3.9\", \"version\": \"2.0\", \"yanked\": true,"
                    + " \"yanked_reason\": \"broken \\\"here\\\"\"},"
                    + " \"last_serial\": 7, \"releases\": {\"0.9\": [], \"1.0\": ["
                    + SDIST_JSON
                    + "], \"2.0\": ["
                    + WHEEL_JSON
                    + "]}, \"urls\": ["
                    + WHEEL_JSON
                    + "], \"vulnerabilities\": []}"));
  }

  @Test
  void a_release_has_its_own_files_and_no_others() {
    ProjectPage page = new ProjectPage("six", PAGE.status(), List.of(), PAGE.files(), null);
    assertThat(read(LegacyJson.renderRelease(page, "1.0", null, LegacyJsonTest::version)))
        .isEqualTo(
            JSON.readTree(
                "{\"info\": {"
                    + NOTHING_KNOWN
                    + " \"requires_python\": null, \"version\": \"1.0\", \"yanked\": false,"
                    + " \"yanked_reason\": null}, \"last_serial\": null, \"urls\": ["
                    + SDIST_JSON
                    + "], \"vulnerabilities\": []}"));
  }

  @Test
  void info_is_what_the_release_says_of_itself() {
    ProjectInfo info =
        new ProjectInfo(
            Map.ofEntries(
                Map.entry("Name", List.of("Six")),
                Map.entry("author", List.of("A <a@x.test>")),
                Map.entry("SUMMARY", List.of("</script>\u0000")),
                Map.entry("Classifier", List.of("A :: B", "C")),
                Map.entry("Requires-Dist", List.of("a>1; python_version<'3'", "b")),
                Map.entry("Provides-Extra", List.of("x")),
                Map.entry("Requires-Python", List.of(">=3.10")),
                Map.entry("License-Expression", List.of("MIT")),
                Map.entry("Project-URL", List.of("Home page, https://x.test/?a,b", "bad")),
                Map.entry("Keywords", List.of("a,b"))),
            "# Long\n");
    JsonNode read =
        read(LegacyJson.renderRelease(PAGE, "2.0", info, LegacyJsonTest::version)).get("info");
    JsonNode expected =
        JSON.readTree(
            """
            {"name": "Six", "author": "A <a@x.test>", "summary": "</script>\uFFFD",
             "classifiers": ["A :: B", "C"], "requires_dist": ["a>1; python_version<'3'", "b"],
             "provides_extra": ["x"], "requires_python": ">=3.10", "license_expression": "MIT",
             "project_urls": {"Home page": "https://x.test/?a,b"}, "keywords": "a,b",
             "description": "# Long\\n", "version": "2.0", "license": null}
            """);
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      assertThat(read.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
    }
  }

  @Test
  void a_release_is_yanked_when_all_its_files_are() {
    FileEntry other = WHEEL.withYank(new Yank.Yanked(""));
    FileEntry good = WHEEL.withYank(new Yank.Not());
    assertThat(yanked(List.of(other, WHEEL))).isEqualTo("true \"broken \\\"here\\\"\"");
    assertThat(yanked(List.of(other))).isEqualTo("true null");
    assertThat(yanked(List.of(WHEEL, good))).isEqualTo("false null");
    assertThat(yanked(List.of())).isEqualTo("false null");
  }

  @ParameterizedTest
  @CsvSource({
    "numpy-1.26.4-cp311-cp311-linux_x86_64.whl,   bdist_wheel,   cp311",
    "a-1-2-py3-none-any.whl,                      bdist_wheel,   py3",
    "odd.whl,                                     bdist_wheel,   any",
    "six-1.0.tar.gz,                              sdist,         source",
    "six-1.0.zip,                                 sdist,         source",
    "readme,                                      sdist,         source",
    "PyYAML-3.10.win32-py2.7.exe,                 bdist_wininst, 2.7",
    "a-1.0.win32.exe,                             bdist_wininst, any",
    "a-1.0-py2.7-linux-x86_64.egg,                bdist_egg,     2.7",
    "a-1.0.win32-py3.2.msi,                       bdist_msi,     3.2",
    "a-1.0-1.noarch.rpm,                          bdist_rpm,     any",
  })
  void the_name_tells_the_kind(String filename, String packageType, String pythonVersion) {
    assertThat(LegacyKind.of(filename)).isEqualTo(new LegacyKind(packageType, pythonVersion));
  }

  @Test
  void a_recorded_page_keeps_all_its_files() throws Exception {
    ProjectPage page =
        SimpleJson.parsePage(
            new ByteArrayInputStream(RecordedPages.read("six.json")), PageLimits.ofProject());
    JsonNode read = read(LegacyJson.renderProject(page, "1.17.0", null, LegacyJsonTest::version));
    assertThat(read.get("releases").size()).isEqualTo(page.versions().size());
    assertThat(read.get("releases").valueStream().mapToInt(JsonNode::size).sum())
        .isEqualTo(page.files().size());
    assertThat(read.get("urls").size()).isEqualTo(2);
  }

  private static String yanked(List<FileEntry> files) {
    byte[] document =
        LegacyJson.renderRelease(PAGE.withFiles(files), "2.0", null, LegacyJsonTest::version);
    JsonNode info = read(document).get("info");
    return info.get("yanked") + " " + info.get("yanked_reason");
  }

  /// The version of the file names of this test, which are of the simplest kind.
  private static Optional<String> version(String filename) {
    String[] parts = filename.replaceFirst("\\.(tar\\.gz|whl|zip)$", "").split("-", -1);
    return parts.length < 2 ? Optional.empty() : Optional.of(parts[1]);
  }

  private static JsonNode read(byte[] document) {
    return JSON.readTree(new String(document, StandardCharsets.UTF_8));
  }
}
