package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.ProjectStatus.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages made by chance, written as HTML and read back: what HTML can say comes back as it was.
/// Then the same pages with bytes changed, lost and doubled, which are read or refused.
class HtmlRoundTripTest {
  private static final URI AT = URI.create("https://index.test/simple/six/");

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
          "`",
          "\\",
          "\n",
          "\r\n",
          "\t",
          "\f",
          "é",
          "😀",
          "]]>",
          "javascript:alert(1)",
          "%22",
          "&notit;",
          " ",
          "=",
          "<plaintext>",
          "</title>",
          "<base href=x>",
          "&#0;",
          "\u00A0",
          "<a href=x-1.zip>",
          "\uFFFD");

  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "\"",
          "'",
          "=",
          "&",
          "<a ",
          "</a>",
          "<base href='x/'>",
          "<table>",
          "<!--",
          "\0",
          "<script>",
          "<a href='x-1.zip'>",
          "%00",
          "#",
          "</body>",
          "<template>",
          "<svg>",
          "<p>");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20261124})
  void what_html_can_say_comes_back(long seed) throws Exception {
    Random chance = new Random(seed);
    for (int i = 0; i < 300; i++) {
      ProjectPage page = page(chance);
      assertThat(parse(SimpleHtml.renderPage(page))).isEqualTo(page);
    }
  }

  @Test
  void a_list_of_names_comes_back() throws Exception {
    List<String> names = new ArrayList<>();
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    List<String> written = List.of("six", "Seven.of_Nine", "a", "Z0");
    SimpleHtml.renderNames(written.iterator(), out);
    SimpleHtml.parseNames(
        new ByteArrayInputStream(out.toByteArray()),
        StandardCharsets.UTF_8,
        URI.create("https://index.test/simple/"),
        PageLimits.ofNames(),
        names::add);
    assertThat(names).isEqualTo(written);
  }

  @Test
  void a_mutated_page_is_read_or_refused() throws Exception {
    Random chance = new Random(20261124);
    int read = 0;
    int rounds = 4_000;
    for (int i = 0; i < rounds; i++) {
      if (isReadAndWritten(mutated(SimpleHtml.renderPage(page(chance)), chance))) {
        read++;
      }
    }
    assertThat(read).isBetween(rounds / 10, rounds);
  }

  private static boolean isReadAndWritten(byte[] mutant) throws IOException {
    try {
      ProjectPage page = parse(mutant);
      assertThat(HtmlPage.read(SimpleHtml.renderPage(page)).anchors()).hasSameSizeAs(page.files());
      return true;
    } catch (MalformedPageException refused) {
      assertThat(refused.getMessage()).startsWith("The page").endsWith(".");
      return false;
    }
  }

  private static byte[] mutated(byte[] page, Random chance) {
    byte[] mutant = page;
    for (int i = chance.nextInt(1, 6); i > 0; i--) {
      int at = chance.nextInt(mutant.length + 1);
      byte[] rest = Arrays.copyOfRange(mutant, at, mutant.length);
      byte[] piece =
          switch (chance.nextInt(3)) {
            case 0 -> PIECES.get(chance.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            case 1 -> Arrays.copyOfRange(mutant, at, Math.min(at + 40, mutant.length));
            default -> {
              rest = Arrays.copyOfRange(rest, Math.min(7, rest.length), rest.length);
              yield new byte[] {(byte) chance.nextInt(256)};
            }
          };
      byte[] next = Arrays.copyOf(mutant, at + piece.length + rest.length);
      System.arraycopy(piece, 0, next, at, piece.length);
      System.arraycopy(rest, 0, next, at + piece.length, rest.length);
      mutant = next;
    }
    return mutant;
  }

  private static ProjectPage parse(byte[] html) throws MalformedPageException, IOException {
    return SimpleHtml.parsePage(
        new ByteArrayInputStream(html), StandardCharsets.UTF_8, AT, PageLimits.ofProject());
  }

  private static ProjectPage page(Random chance) {
    List<FileEntry> files = new ArrayList<>();
    for (int i = chance.nextInt(8); i > 0; i--) {
      files.add(file(chance, i));
    }
    return new ProjectPage(
        "",
        new ProjectStatus(List.of(State.values()).get(chance.nextInt(4)), text(chance)),
        List.of(),
        files,
        null);
  }

  private static FileEntry file(Random chance, int number) {
    String filename =
        text(chance).replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\\uFFFD]", "_")
            + number
            + List.of(".whl", ".tar.gz", ".ZIP", ".egg").get(chance.nextInt(4));
    return new FileEntry(
        filename,
        List.of("", "../../packages/é/", "https://files.test/x/").get(chance.nextInt(3))
            + URLEncoder.encode(filename, StandardCharsets.UTF_8).replace("+", "%20"),
        hashes(chance),
        null,
        new UploadTime.Unstated(),
        chance.nextBoolean() ? null : ">=3" + text(chance),
        chance.nextBoolean() ? new Yank.Not() : new Yank.Yanked(text(chance)),
        switch (chance.nextInt(3)) {
          case 0 -> new MetadataFile.Announced();
          case 1 -> new MetadataFile.Hashed(new Sha256(hex(chance, 32)));
          default -> new MetadataFile.Unstated();
        },
        chance.nextBoolean() ? null : "https://x/" + text(chance).replaceAll("[\\p{Cntrl}#]", "_"));
  }

  private static Map<String, String> hashes(Random chance) {
    return switch (chance.nextInt(3)) {
      case 0 -> Map.of();
      case 1 -> Map.of("md5", hex(chance, 16));
      default -> Map.of("sha256", hex(chance, 32));
    };
  }

  private static String hex(Random chance, int bytes) {
    byte[] digest = new byte[bytes];
    chance.nextBytes(digest);
    return HexFormat.of().formatHex(digest);
  }

  /// What HTML carries unchanged: a form feed and other controls are replaced when it is written.
  private static String text(Random chance) {
    StringBuilder out = new StringBuilder();
    for (int i = chance.nextInt(5); i > 0; i--) {
      out.append(HOSTILE.get(chance.nextInt(HOSTILE.size())));
      if (chance.nextBoolean()) {
        out.append((char) ('a' + chance.nextInt(26)));
      }
    }
    return out.toString().replace("\f", "\uFFFD");
  }
}
