package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  private static final MarkerEnvironment LINUX =
      MarkerEnvironment.of(
          Map.of(
              MarkerVariable.PYTHON_VERSION, "3.12",
              MarkerVariable.PYTHON_FULL_VERSION, "3.12.4+",
              MarkerVariable.OS_NAME, "posix",
              MarkerVariable.SYS_PLATFORM, "linux",
              MarkerVariable.PLATFORM_RELEASE, "6.1.0-42-amd64",
              MarkerVariable.PLATFORM_PYTHON_IMPLEMENTATION, "CPython"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python_version >= '3.9'",
        "python_version == '3.*'",
        "'3.9' <= python_version",
        "python_full_version > '3.12.3'",
        "os.name == \"posix\"",
        "python_implementation == 'CPython'",
        "'linux' in sys_platform and os_name != 'nt'",
        "os_name == 'nt' and sys_platform == 'x' or sys_platform == 'linux'",
        "(os_name=='posix'or os_name=='nt')and sys_platform=='linux'",
        "platform_release >= '6.1.0-42-amd64'",
        "extra == ''",
        "\"win32\" not in sys_platform",
      })
  void a_condition_that_holds_is_met(String text) {
    assertThat(marker(text).evaluate(LINUX)).isEqualTo(new Marker.Met());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python_version < '3.10'",
        "python_version in '3.1, 3.2'",
        "platform_release > '5'",
        "os_name > 'a'",
        "os_name == 'posix' and (os_name == 'nt' or extra == 'x')",
        "extra == 'test'",
        "'dog' != python_version",
      })
  void a_condition_that_does_not_hold_is_unmet(String text) {
    assertThat(marker(text).evaluate(LINUX)).isEqualTo(new Marker.Unmet());
  }

  @Test
  void what_cannot_be_answered_is_undefined_with_the_reason() {
    assertThat(marker("os_name ~= 'posix' or os_name == 'posix'").evaluate(LINUX))
        .isEqualTo(
            new Marker.Undefined(
                "The marker 'os_name ~= \"posix\"' asks of texts what only versions can answer."));
    assertThat(marker("platform_machine == 'x86_64'").evaluate(LINUX))
        .isEqualTo(
            new Marker.Undefined(
                "The marker 'platform_machine == \"x86_64\"' asks for what is not known about the"
                    + " environment."));
    assertThat(marker("'a' in extras").evaluate(LINUX)).isInstanceOf(Marker.Undefined.class);
    assertThat(marker("'a' == 'a'").evaluate(LINUX)).isInstanceOf(Marker.Undefined.class);
    assertThat(marker("extras == 'a'").evaluate(LINUX.withExtras(List.of("a"))))
        .isInstanceOf(Marker.Undefined.class);
  }

  @Test
  void extras_and_groups_compare_as_names() {
    MarkerEnvironment asked =
        LINUX
            .withExtra("Maria_DB")
            .withExtras(List.of("A.B"))
            .withDependencyGroups(List.of("Dev_Tools"));

    assertThat(marker("extra == 'maria.db'").evaluate(asked)).isEqualTo(new Marker.Met());
    assertThat(marker("'a_b' in extras and 'c' not in extras").evaluate(asked))
        .isEqualTo(new Marker.Met());
    assertThat(marker("'dev-tools' in dependency_groups").evaluate(asked))
        .isEqualTo(new Marker.Met());
    assertThat(marker("'dev-tools' in extras").evaluate(asked)).isEqualTo(new Marker.Unmet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "os.name=='nt'or(os_name == 'a'and((extra=='B_c')))"
            + "|os_name == \"nt\" or os_name == \"a\" and extra == \"b-c\"",
        "(os_name=='a' or os_name=='b') and (extra=='c' and extra=='d')"
            + "|(os_name == \"a\" or os_name == \"b\") and extra == \"c\" and extra == \"d\"",
        "'a\"b' in os_name|'a\"b' in os_name",
        "'a' not  in os_name|\"a\" not in os_name",
      })
  void a_marker_prints_without_needless_brackets(String text, String printed) {
    assertThat(marker(text)).hasToString(printed).isEqualTo(marker(printed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "os_name",
        "os_name ==",
        "os_name == nt",
        "os_name = 'nt'",
        "nonsense == 'a'",
        "os_name == 'nt",
        "(os_name == 'nt'",
        "os_name == 'nt')",
        "os_name == 'nt' and",
        "os_name == 'nt' xor os_name == 'a'",
        "os_name not 'nt'",
        "os_name notin 'nt'",
        "os_name == 'C:\\'",
        "os_name == '\\x41'",
        "os_name == 'a\nb'",
        "()",
        "os_name == 'a' os_name",
        "os_name == 'a' andos_name == 'b'"
      })
  void what_is_no_marker_is_refused(String text) {
    assertThat(Marker.parse(text)).isInstanceOf(Parse.Invalid.class);
  }

  @Test
  void the_reason_names_what_was_expected_and_where() {
    assertThat(Marker.parse("os_name is 'nt'"))
        .isEqualTo(
            new Parse.Invalid<>(
                "The marker needs one of ===, ==, !=, ~=, <=, >=, <, >, in, not in at position 8"
                    + " before 'is 'nt''."));
  }

  @Test
  void brackets_go_sixty_four_deep_and_no_deeper() {
    String inner = "os_name == 'a'";

    assertThat(Marker.parse("(".repeat(64) + inner + ")".repeat(64)).toOptional())
        .isEqualTo(Marker.parse(inner).toOptional());
    assertThat(Marker.parse("(".repeat(65) + inner + ")".repeat(65)))
        .isInstanceOf(Parse.Invalid.class);
    assertThat(Marker.parse("(".repeat(1_000_000))).isInstanceOf(Parse.Invalid.class);
  }

  private static Marker marker(String text) {
    return Marker.parse(text).toOptional().orElseThrow();
  }
}
