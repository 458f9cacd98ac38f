package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.WheelFilename.BuildTag;
import dev.wellhead.core.pypi.WheelFilename.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionFilenameTest {
  @Test
  void a_wheel_tells_project_version_build_and_every_tag_it_stands_for() {
    String filename = "Foo_Bar-1.0+local-007a-py2.py3-none-any.win32.whl";

    assertThat(DistributionFilename.parse(filename))
        .isEqualTo(
            new Parse.Parsed<>(
                new WheelFilename(
                    filename,
                    "foo-bar",
                    Version.parse("1.0+local").orElseThrow(),
                    new BuildTag("7", "a"),
                    List.of(
                        new Tag("py2", "none", "any"),
                        new Tag("py2", "none", "win32"),
                        new Tag("py3", "none", "any"),
                        new Tag("py3", "none", "win32")))));
  }

  @Test
  void a_source_distribution_splits_at_its_last_hyphen() {
    assertThat(DistributionFilename.parse("foo-2-1.0.tar.gz"))
        .isEqualTo(
            new Parse.Parsed<>(
                new SdistFilename(
                    "foo-2-1.0.tar.gz", "foo-2", Version.parse("1.0").orElseThrow())));
  }

  @Test
  void a_name_outside_ascii_is_no_project() {
    DistributionFilename wheel =
        DistributionFilename.parse("foo_bár-1.0-py3-none-any.whl").toOptional().orElseThrow();

    assertThat(wheel.name()).isEqualTo("foo-bár");
    assertThat(wheel.project()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo-1.0-py3-none-any.egg|ends in none of .whl, .tar.gz and .zip",
        "foo-1.0.whl|has 2 parts between its hyphens; a wheel has 5 or 6",
        "foo__bar-1.0-py3-none-any.whl|does not begin with an escaped project name (PEP 427)",
        "foo-1.x-py3-none-any.whl|has no version of PEP 440 in its second part",
        "foo-1.0-x1-py3-none-any.whl|has a build tag that does not begin with a digit",
        "foo-1.0-py3..py2-none-any.whl|has an empty tag, or one with other than letters, digits and"
            + " underscores",
        "foo-1.0-3py-none-any.whl|has a Python tag that begins with a digit",
        "foo.tar.gz|has no hyphen between the project and its version",
        "foo-1.x.tar.gz|has no version of PEP 440 behind its last hyphen",
        "../foo-1.0.tar.gz|does not begin with the name of a project",
      })
  void a_bad_name_says_what_is_bad_about_it(String filename, String reason) {
    assertThat(DistributionFilename.parse(filename))
        .isEqualTo(new Parse.Invalid<>("The file name '" + filename + "' " + reason + "."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".whl",
        "-1.0.zip",
        "foo/bar-1.0.zip",
        "foo\u0000-1.0.zip",
        "foo- 1.0.zip",
        "foo\n-1.0-py3-none-any.whl",
        "foo-1.0-py3-none-any/x.whl",
        "foo-1.0-1/2-py3-none-any.whl",
        "foo%2f-1.0.zip",
        "foo\\bar-1.0.zip"
      })
  void what_could_be_a_path_is_no_file_name(String filename) {
    assertThat(DistributionFilename.parse(filename)).isInstanceOf(Parse.Invalid.class);
  }

  @Test
  void a_name_that_stands_for_thousands_of_tags_is_refused() {
    String many = "a" + ".a".repeat(70);

    assertThat(DistributionFilename.parse("foo-1-" + many + "-" + many + "-any.whl"))
        .isInstanceOf(Parse.Invalid.class);
    assertThat(DistributionFilename.parse("f".repeat(600) + "-1.0.zip"))
        .isInstanceOf(Parse.Invalid.class);
  }

  @Test
  void builds_compare_by_number_first() {
    assertThat(List.of(new BuildTag("10", ""), new BuildTag("9", "b"), new BuildTag("9", "a")))
        .isSortedAccordingTo((left, right) -> right.compareTo(left));
  }
}
