package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseGuessTest {
  @ParameterizedTest
  @CsvSource({
    "numpy, numpy-1.26.0-cp312-cp312-win_amd64.whl, 1.26.0",
    "numpy, numpy-1.6.1.win32-py2.6.exe, 1.6.1",
    "numpy, numpy-1.5.1.win32-py3.1-nosse.exe, 1.5.1",
    "foo, foo-1.0.win-amd64-py2.7.msi, 1.0",
    "requests, requests-2.23.0-py2.7.egg, 2.23.0",
    "foo-bar, foo_bar-1.2-py3.4-linux-x86_64.egg, 1.2",
    "foo-bar, Foo-Bar-1.2.tar.bz2, 1.2",
    "foo, foo-1.0.linux-x86_64.tar.gz, 1.0",
    "foo, foo-1.0.macosx-10.9-x86_64.tar.gz, 1.0",
    "foo, foo-1.0-1.noarch.rpm, 1.0",
    "foo, foo-1.0-1.tar.gz, 1.0.post1",
    "pytz, pytz-2004d.tar.gz, 2004d",
    "foo, foo-1.0-final.zip, 1.0",
    "foo, foo-V1.0-BETA1.tgz, 1.0b1",
  })
  void a_file_on_a_projects_page_finds_its_release(
      String project, String filename, String version) {
    ProjectName name = ProjectName.of(project).orElseThrow();

    assertThat(ReleaseGuess.of(name, filename)).contains(new ReleaseGuess(name, version));
  }

  @ParameterizedTest
  @CsvSource({
    "numpy-1.6.1.win32-py2.6.exe, numpy, 1.6.1",
    "foo_bar-1.2-py3.4.egg, foo-bar, 1.2",
    "foo-bar-1.2.tar.bz2, foo-bar, 1.2",
    "foo-1.0.tar.gz, foo, 1.0",
  })
  void a_file_from_nowhere_tells_its_project_too(String filename, String project, String version) {
    assertThat(ReleaseGuess.of(filename))
        .contains(new ReleaseGuess(ProjectName.of(project).orElseThrow(), version));
  }

  @Test
  void a_file_of_another_name_belongs_to_no_release() {
    ProjectName foo = ProjectName.of("foo").orElseThrow();

    assertThat(ReleaseGuess.of(foo, "bar-1.0.tar.gz")).isEqualTo(Optional.empty());
    assertThat(ReleaseGuess.of(foo, "foo.tar.gz")).isEqualTo(Optional.empty());
    assertThat(ReleaseGuess.of(foo, "foo-.tar.gz")).isEqualTo(Optional.empty());
    assertThat(ReleaseGuess.of("README.txt")).isEqualTo(Optional.empty());
    assertThat(ReleaseGuess.of("-".repeat(600))).isEqualTo(Optional.empty());
  }
}
