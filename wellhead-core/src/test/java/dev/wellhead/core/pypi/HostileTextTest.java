package dev.wellhead.core.pypi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every text whatever, tried on seeded random ones and on huge ones.
class HostileTextTest {
  private static final long SEED = 440_508;
  private static final int ROUNDS = 5_000;

  private static final List<String> PIECES =
      List.of(
          "1",
          "0",
          "00",
          "2",
          "99999999999999999999",
          ".",
          "-",
          "_",
          "!",
          "+",
          "a",
          "b",
          "rc",
          "alpha",
          "post",
          "dev",
          "v",
          "r",
          "*",
          "==",
          "===",
          "!=",
          "~=",
          "<=",
          ">=",
          "<",
          ">",
          "=",
          ",",
          ";",
          " ",
          "\t",
          "\n",
          "(",
          ")",
          "[",
          "]",
          "@",
          "'",
          "\"",
          "\\",
          "name",
          "foo_bar",
          "python_version",
          "os.name",
          "sys_platform",
          "extra",
          "extras",
          "dependency_groups",
          "in",
          "not",
          " and ",
          " or ",
          "'3.12'",
          "\"posix\"",
          "https://x/y",
          ".whl",
          ".tar.gz",
          ".zip",
          ".egg",
          "py3",
          "none",
          "any",
          "\0",
          "\u00e9",
          "\u0131",
          "\u017f",
          "\uD800",
          "\uFEFF",
          "\u2029",
          "Name: a",
          "From ",
          ":",
          "\r\n");

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void a_version_reads_back_as_what_it_prints() {
    for (int round = 0; round < ROUNDS; round++) {
      assertReadsBack(versionLike(), Version::parse);
      assertReadsBack(anything(), Version::parse);
    }
  }

  @Test
  void specifiers_read_back_as_what_they_print() {
    for (int round = 0; round < ROUNDS; round++) {
      assertReadsBack(specifierLike(), text -> SpecifierSet.parse(text).toOptional());
      assertReadsBack(anything(), text -> SpecifierSet.parse(text).toOptional());
    }
  }

  @Test
  void a_marker_reads_back_as_what_it_prints_and_has_an_outcome() {
    MarkerEnvironment environment = MarkerEnvironment.of(Map.of(MarkerVariable.OS_NAME, "posix"));
    for (int round = 0; round < ROUNDS; round++) {
      assertReadsBack(markerLike(0), text -> Marker.parse(text).toOptional())
          .ifPresent(marker -> assertThat(marker.evaluate(environment)).isNotNull());
      assertReadsBack(anything(), text -> Marker.parse(text).toOptional());
    }
  }

  @Test
  void a_requirement_reads_back_as_what_it_prints() {
    for (int round = 0; round < ROUNDS; round++) {
      String text = "name" + one("", "[a,B]", " ") + specifierLike() + one("", ";" + markerLike(1));
      assertReadsBack(text, spelling -> Requirement.parse(spelling).toOptional());
      assertReadsBack("name" + anything(), spelling -> Requirement.parse(spelling).toOptional());
    }
  }

  @Test
  void file_names_and_metadata_are_read_whatever_they_are() {
    ProjectName project = ProjectName.of("name").orElseThrow();
    for (int round = 0; round < ROUNDS; round++) {
      String filename =
          one("name-", "") + anything() + one(".whl", ".zip", "", "-py3-none-any.whl");
      assertThat(DistributionFilename.parse(filename)).isNotNull();
      assertThat(ReleaseGuess.of(filename)).isNotNull();
      assertThat(ReleaseGuess.of(project, filename)).isNotNull();
      assertThat(MetadataDocument.parse((anything() + "\n" + anything()).getBytes(UTF_8)))
          .isInstanceOf(Parse.Parsed.class);
    }
  }

  @Test
  void the_order_of_versions_is_total_and_agrees_with_equality() {
    for (int round = 0; round < ROUNDS; round++) {
      Version a = someVersion();
      Version b = someVersion();
      Version c = someVersion();
      assertThat(Integer.signum(a.compareTo(b)))
          .as("%s and %s", a, b)
          .isEqualTo(-Integer.signum(b.compareTo(a)));
      assertThat(a.compareTo(b) == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
      if (a.equals(b)) {
        assertThat(a).hasSameHashCodeAs(b);
      }
      List<Version> sorted = Stream.of(a, b, c).sorted().toList();
      assertThat(sorted.getFirst()).as("%s", sorted).isLessThanOrEqualTo(sorted.getLast());
    }
  }

  static List<String> hugeTexts() {
    int size = 1_000_000;
    return List.of(
        "1".repeat(size),
        "1." + "0.".repeat(size),
        "1" + ".0".repeat(size),
        "1+" + "a.".repeat(size),
        "1-".repeat(size),
        "0".repeat(size) + "!1",
        " ".repeat(size) + "x",
        ">=1,".repeat(size / 4),
        "name[" + "a,".repeat(size / 2),
        "name @ " + "x".repeat(size),
        "name" + " ".repeat(size) + "!",
        "(".repeat(size),
        "os_name == 'a' and ".repeat(size / 20) + "os_name == 'a'",
        "name; " + "os_name == 'a' or ".repeat(size / 20) + "os_name == 'a'",
        "os_name == '" + "a".repeat(size),
        "-".repeat(size) + ".whl",
        "Name: a\n" + " b\n".repeat(size / 3),
        ":".repeat(size),
        "\n".repeat(size),
        "A:b\r".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("hugeTexts")
  @Timeout(30)
  void a_huge_text_is_read_in_a_moment(String text) {
    Optional<Version> version = Version.parse(text);
    version.ifPresent(read ->
        assertThat(read.base().base()).isEqualTo(read.base()).hasSameHashCodeAs(read.base()));
    assertThat(SpecifierSet.parse(text)).isNotNull();
    assertThat(SpecifierSet.parse("==" + text)).isNotNull();
    assertThat(Marker.parse(text)).isNotNull();
    assertThat(Requirement.parse(text)).isNotNull();
    assertThat(DistributionFilename.parse(text)).isInstanceOf(Parse.Invalid.class);
    assertThat(ReleaseGuess.of(text)).isEmpty();
    assertThat(MetadataDocument.parse(text.getBytes(UTF_8))).isNotNull();
  }

  private static <T> Optional<T> assertReadsBack(String text, Function<String, Optional<T>> parse) {
    Optional<T> read = parse.apply(text);
    read.ifPresent(value ->
        assertThat(parse.apply(value.toString()))
            .as("what %s, read from %s, reads back as", value, text)
            .isEqualTo(read));
    return read;
  }

  private Version someVersion() {
    Optional<Version> version = Optional.empty();
    while (version.isEmpty()) {
      version = Version.parse(versionLike());
    }
    return version.get();
  }

  private String versionLike() {
    return one("", "", "1!", "v")
        + one("0", "1", "01", "2", "12345678901234567890")
        + one("", ".0", ".1", ".0.0", ".10")
        + one("", "", "a1", "-beta.2", "rc", ".preview_3")
        + one("", "", ".post1", "-1", "r2", "-r.3")
        + one("", "", ".dev1", "dev", "_dev_2")
        + one("", "", "", "+a", "+1.b", "+01");
  }

  private String specifierLike() {
    List<String> clauses = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      clauses.add(
          one("==", "!=", "~=", "<=", ">=", "<", ">", "===") + versionLike() + one("", ".*"));
    }
    return String.join(one(",", " , "), clauses);
  }

  private String markerLike(int depth) {
    if (depth < 4 && random.nextInt(3) == 0) {
      String both = markerLike(depth + 1) + one(" and ", " or ") + markerLike(depth + 1);
      return random.nextBoolean() ? "(" + both + ")" : both;
    }
    return one("os_name", "os.name", "python_version", "extra", "'posix'", "\"3.12\"")
        + one("==", " in ", " not in ", ">=", "~=", "===", "<")
        + one("'posix'", "'a\"b'", "\"A_b\"", "extras", "os_name", "'3.*'");
  }

  private String anything() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
