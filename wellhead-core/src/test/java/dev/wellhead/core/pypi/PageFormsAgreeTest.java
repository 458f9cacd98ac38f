package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.ProjectStatus.State;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages made by chance, with texts that try to leave their place, written in both forms and read
/// back.
class PageFormsAgreeTest {
  private static final int PAGES = 400;

  private static final List<String> HOSTILE =
      List.of(
          "</a>",
          "<script>",
          "-->",
          "<!--",
          "&amp;",
          "&#60;",
          "&lt",
          "\" onclick=\"x",
          "'",
          "\\",
          "\\u0022",
          "\"},{\"",
          "\u0000",
          "\u0001",
          "\n",
          "\r\n",
          "\t",
          "\f",
          "\u007F",
          "\u0085",
          "\u00A0",
          "é",
          "\u2028",
          "\uD800",
          "\uDC00x",
          "\uDBFF",
          "😀",
          "\uFFFE",
          "\uFFFD",
          "]]>",
          "javascript:alert(1)",
          "%22",
          "&NotEqualTilde;",
          " ",
          "ß",
          "=",
          "#");

  /// What both forms say about a file.
  record Seen(
      String filename,
      String url,
      String hash,
      @Nullable String requiresPython,
      @Nullable String yanked,
      @Nullable String metadata,
      @Nullable String provenance) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261124})
  void both_forms_say_the_same_and_what_was_meant(long seed) throws Exception {
    Random chance = new Random(seed);
    for (int i = 0; i < PAGES; i++) {
      ProjectPage page = page(chance);
      byte[] json = SimpleJson.renderPage(page);
      ProjectPage read =
          SimpleJson.parsePage(new ByteArrayInputStream(json), PageLimits.ofProject());
      assertThat(read).isEqualTo(asWritten(page));

      byte[] html = SimpleHtml.renderPage(page);
      HtmlPage seen = HtmlPage.read(html);
      assertThat(seen.anchors().stream().map(PageFormsAgreeTest::seen))
          .isEqualTo(read.files().stream().map(PageFormsAgreeTest::seen).toList());
      assertThat(seen.metas()).isEqualTo(metas(read));

      assertThat(SimpleJson.renderPage(page)).isEqualTo(json);
      assertThat(SimpleHtml.renderPage(page)).isEqualTo(html);
      assertThat(SimpleHtml.renderPage(read)).isEqualTo(html);
    }
  }

  private static Seen seen(HtmlPage.Anchor anchor) {
    Map<String, String> attributes = anchor.attributes();
    String href = attributes.getOrDefault("href", "");
    int fragment = href.indexOf('#');
    assertThat(attributes.get("data-dist-info-metadata"))
        .isEqualTo(attributes.get("data-core-metadata"));
    return new Seen(
        anchor.text(),
        fragment < 0 ? href : href.substring(0, fragment),
        fragment < 0 ? "" : href.substring(fragment + 1),
        attributes.get("data-requires-python"),
        attributes.get("data-yanked"),
        attributes.get("data-core-metadata"),
        attributes.get("data-provenance"));
  }

  private static Seen seen(FileEntry file) {
    String hash = "";
    for (String algorithm : List.of("sha256", "sha512", "md5")) {
      if (hash.isEmpty() && file.hashes().containsKey(algorithm)) {
        hash = algorithm + "=" + file.hashes().get(algorithm);
      }
    }
    return new Seen(
        file.filename(),
        file.url(),
        hash,
        file.requiresPython(),
        file.yank() instanceof Yank.Yanked(String reason) ? reason : null,
        switch (file.metadataFile()) {
          case MetadataFile.Unstated _, MetadataFile.Absent _ -> null;
          case MetadataFile.Announced _ -> "true";
          case MetadataFile.Hashed(Sha256 sha256) -> "sha256=" + sha256;
        },
        file.provenance());
  }

  private static Map<String, String> metas(ProjectPage page) {
    Map<String, String> metas = new LinkedHashMap<>();
    metas.put("pypi:repository-version", "1.4");
    metas.put("pypi:project-status", page.status().state().word());
    if (!page.status().reason().isEmpty()) {
      metas.put("pypi:project-status-reason", page.status().reason());
    }
    return metas;
  }

  /// The page with what no page can carry replaced, and with our first sight as the upload time.
  private static ProjectPage asWritten(ProjectPage page) {
    List<FileEntry> files = new ArrayList<>();
    for (FileEntry file : page.files()) {
      files.add(
          new FileEntry(
              file.filename(),
              file.url(),
              file.hashes(),
              file.size(),
              switch (file.uploadTime()) {
                case UploadTime.Stated(Instant at) -> stated(at);
                case UploadTime.FirstSeen(Instant at) -> stated(at);
                case UploadTime.Unstated unstated -> unstated;
              },
              file.requiresPython() == null ? null : carried(file.requiresPython()),
              file.yank() instanceof Yank.Yanked(String reason)
                  ? new Yank.Yanked(carried(reason))
                  : file.yank(),
              file.metadataFile(),
              file.provenance() == null ? null : carried(file.provenance())));
    }
    return new ProjectPage(
        page.normalizedName(),
        new ProjectStatus(page.status().state(), carried(page.status().reason())),
        page.versions().stream().map(PageFormsAgreeTest::carried).toList(),
        files,
        page.lastSerial());
  }

  private static UploadTime stated(Instant at) {
    return new UploadTime.Stated(at.truncatedTo(ChronoUnit.MICROS));
  }

  private static String carried(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c ->
            (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r')
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                ? 0xFFFD
                : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /// A URL that a page may carry; others are left out when it is read.
  private static String provenance(Random chance) {
    String url = "https://x/" + text(chance);
    return PageRules.urlFault(url) == null ? url : "https://x/";
  }

  private static ProjectPage page(Random chance) {
    List<FileEntry> files = new ArrayList<>();
    for (int i = chance.nextInt(8); i > 0; i--) {
      files.add(file(chance, i));
    }
    List<String> versions = new ArrayList<>();
    for (int i = chance.nextInt(4); i > 0; i--) {
      String version = text(chance);
      if (PageRules.isPlain(version)) {
        versions.add(version); // others are left out when a page is read
      }
    }
    return new ProjectPage(
        List.of("six", "Foo_Bar", "a.-_b").get(chance.nextInt(3)),
        new ProjectStatus(List.of(State.values()).get(chance.nextInt(4)), text(chance)),
        versions,
        files,
        chance.nextBoolean() ? null : chance.nextLong(1L << 59));
  }

  private static FileEntry file(Random chance, int number) {
    return new FileEntry(
        plain(chance) + number + ".whl",
        "../../" + plain(chance) + "x",
        hashes(chance),
        chance.nextBoolean() ? null : chance.nextLong(Long.MAX_VALUE),
        switch (chance.nextInt(3)) {
          case 0 -> new UploadTime.Stated(instant(chance));
          case 1 -> new UploadTime.FirstSeen(instant(chance));
          default -> new UploadTime.Unstated();
        },
        chance.nextBoolean() ? null : ">=3" + text(chance),
        switch (chance.nextInt(3)) {
          case 0 -> new Yank.Yanked("");
          case 1 -> new Yank.Yanked(text(chance));
          default -> new Yank.Not();
        },
        switch (chance.nextInt(4)) {
          case 0 -> new MetadataFile.Absent();
          case 1 -> new MetadataFile.Announced();
          case 2 -> new MetadataFile.Hashed(new Sha256(hex(chance, 32)));
          default -> new MetadataFile.Unstated();
        },
        chance.nextBoolean() ? null : provenance(chance));
  }

  private static Map<String, String> hashes(Random chance) {
    return switch (chance.nextInt(4)) {
      case 0 -> Map.of();
      case 1 -> Map.of("sha256", hex(chance, 32));
      case 2 -> Map.of("md5", hex(chance, 16), "sha512", hex(chance, 64), "x-new", hex(chance, 3));
      default -> Map.of("md5", hex(chance, 16), "sha256", hex(chance, 32));
    };
  }

  private static String hex(Random chance, int bytes) {
    byte[] digest = new byte[bytes];
    chance.nextBytes(digest);
    return HexFormat.of().formatHex(digest);
  }

  private static Instant instant(Random chance) {
    return Instant.ofEpochSecond(
        chance.nextLong(
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond(),
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()),
        chance.nextInt(1_000_000_000));
  }

  private static String text(Random chance) {
    StringBuilder out = new StringBuilder();
    for (int i = chance.nextInt(6); i > 0; i--) {
      out.append(HOSTILE.get(chance.nextInt(HOSTILE.size())));
      if (chance.nextBoolean()) {
        out.append((char) ('a' + chance.nextInt(26)));
      }
    }
    return out.toString();
  }

  /// What may stand in a file name and in a URL.
  private static String plain(Random chance) {
    return carried(text(chance)).replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028/\\\\#]", "_");
  }
}
