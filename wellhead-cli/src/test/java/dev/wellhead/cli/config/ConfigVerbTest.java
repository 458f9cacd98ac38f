package dev.wellhead.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ConfigVerbTest {
  private static final String URL = "https://wellhead.example/simple/";

  private record Said(int exitCode, String out, String err) {}

  @TempDir private Path temp = Path.of("");
  private Path folder = Path.of("");
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void a_machine_of_its_own() throws IOException {
    folder = Files.createDirectories(temp.resolve("work"));
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("WELLHEAD_URL", "https://wellhead.example");
  }

  @Test
  void without_write_it_prints_and_touches_nothing() {
    assertThat(run("pip"))
        .isEqualTo(
            new Said(
                0,
                """
                For URL in FILE:

                [global]
                index-url = URL

                --write puts it there.
                No other index is set for pip.
                """
                    .replace("URL", URL)
                    .replace("FILE", home(".config/pip/pip.conf").toString()),
                ""));
    assertThat(temp.resolve("home")).doesNotExist();
  }

  @Test
  void pips_file_keeps_its_comments_and_everything_else() throws IOException {
    Path file =
        put(
            home(".config/pip/pip.conf"),
            """
            # mine
            [global]
            timeout = 60
            Index_URL: https://ada:s3cret@old.example/simple
            # below
            [install]
            no-compile = yes
            """);

    Said said = run("pip", "--write");

    assertThat(file)
        .hasContent(
            """
            # mine
            [global]
            timeout = 60
            index-url = URL
            # below
            [install]
            no-compile = yes
            """
                .replace("URL", URL));
    assertThat(said.exitCode()).isZero();
    assertThat(said.out())
        .contains("  - Index_URL: https://old.example/… (with credentials in it)\n")
        .contains("  + index-url = " + URL + "\n")
        .doesNotContain("s3cret");
    assertThat(run("pip", "--write").out()).contains("already");
  }

  @Test
  void undo_brings_back_the_first_file_byte_for_byte() throws IOException {
    Path file = put(home(".config/pip/pip.conf"), "[global]\r\nindex-url=https://a.example/\r\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String before = Files.readString(file);

    run("pip", "--write");
    assertThat(Files.readString(file)).isEqualTo("[global]\r\nindex-url = " + URL + "\r\n");
    assertThat(run("pip", "--write", "--view", "gpu").exitCode()).isZero();
    String last = Files.readString(file);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Said undone = run("pip", "--undo");

    assertThat(undone.exitCode()).isZero();
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(file.resolveSibling("pip.conf.after-wellhead")).hasContent(last);
    assertThat(run("pip", "--undo"))
        .isEqualTo(
            new Said(
                1,
                "",
                "There is nothing to bring back: "
                    + file.toRealPath()
                    + ".before-wellhead does not exist.\n"));
  }

  @Test
  void undo_of_a_file_that_was_not_there_takes_it_away() {
    run("uv", "--write");
    assertThat(home(".config/uv/uv.toml")).exists();

    run("uv", "--undo");

    assertThat(home(".config/uv/uv.toml")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pip    | .config/pip/pip.conf    | [global]\\nindex-url = a\\n[global]\\nx = y\\n",
        "pip    | .config/pip/pip.conf    | index-url = a\\n",
        "pip    | .config/pip/pip.conf    | [global]\\nnonsense\\n",
        "pip    | .config/pip/pip.conf    | [global]\\nindex-url = a\\nindex_url = b\\n",
        "uv     | .config/uv/uv.toml      | [[index]\\n",
        "uv     | .config/uv/uv.toml      | index = [{url = \"https://u:s3cret@a/\", default = true}]\\n",
        "pdm    | .config/pdm/config.toml | pypi.url = \"https://u:s3cret@a/\"\\n",
        "pdm    | .config/pdm/config.toml | pypi = {url = \"https://u:s3cret@a/\"}\\n",
        "pdm    | .config/pdm/config.toml | [pypi]\\nurl = \"\"\"https://u:s3cret@a/\"\"\"\\n",
        "poetry | ../work/pyproject.toml  | [tool.poetry]\\nsource = []\\n",
        "hatch  | ../work/pyproject.toml  | [tool.hatch.envs.default]\\nenv-vars = {A = \"s3cret\"}\\n"
      })
  void a_file_that_cannot_be_changed_safely_is_left_alone(String client, String name, String text)
      throws IOException {
    String content = text.replace("\\n", "\n");
    Path file = put(home(name), content);

    Said said = run(client, "--write");

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out())
        .contains("is left as it is", "Put these lines in by hand:", URL)
        .doesNotContain("s3cret");
    assertThat(Files.readString(file)).isEqualTo(content);
    assertThat(file.resolveSibling(file.getFileName() + ".before-wellhead")).doesNotExist();
  }

  @Test
  void uv_gets_one_default_index_and_keeps_its_name() throws IOException {
    Path file =
        put(
            home(".config/uv/uv.toml"),
            """
            offline = false # for now
            [[index]]
            url = "https://wheels.example/whl"
            name = "gpu"
            explicit = true

            [[index]] # the mirror
            url = 'https://mirror.example/simple' # old
            default = true
            """);

    Said said = run("uv", "--write");

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            offline = false # for now
            [[index]]
            url = "https://wheels.example/whl"
            name = "gpu"
            explicit = true

            [[index]] # the mirror
            url = "URL" # old
            default = true
            """
                .replace("URL", URL));
    assertThat(said.out())
        .contains(file + ":2: source gpu https://wheels.example/… is asked for what names it\n");
  }

  @Test
  void a_projects_own_tables_are_found_and_made() throws IOException {
    Path file = put(folder.resolve("pyproject.toml"), "[project]\nname = \"x\" # mine\n");

    assertThat(run("uv", "--project", "--write").exitCode()).isZero();
    assertThat(run("poetry", "--write").exitCode()).isZero();
    assertThat(run("pdm", "--project", "--write").exitCode()).isZero();
    assertThat(run("hatch", "--write").exitCode()).isZero();

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            [project]
            name = "x" # mine

            [[tool.uv.index]]
            name = "wellhead"
            url = "URL"
            default = true

            [[tool.poetry.source]]
            name = "wellhead"
            url = "URL"
            priority = "primary"

            [[tool.pdm.source]]
            name = "pypi"
            url = "URL"

            [tool.hatch.envs.default.env-vars]
            PIP_INDEX_URL = "URL"
            UV_DEFAULT_INDEX = "URL"

            [tool.hatch.envs.hatch-build.env-vars]
            PIP_INDEX_URL = "URL"
            UV_DEFAULT_INDEX = "URL"
            """
                .replace("\"URL\"", "\"" + URL + "\""));
  }

  @Test
  void every_other_index_is_told_without_its_secrets() throws IOException {
    environment.put("PIP_EXTRA_INDEX_URL", "https://u:pa/ss@env.example/simple?token=s3cret");
    environment.put("VIRTUAL_ENV", temp.resolve("venv").toString());
    put(temp.resolve("venv/pip.conf"), "[global]\nindex-url = https://s3cret@venv.example/x\n");
    put(
        temp.resolve("etc/pip.conf"),
        "[global]\nextra-index-url =\n  https://a.example/s3cret/\n  URL\n".replace("URL", URL));
    put(home(".config/pip/pip.conf"), "[install]\nfind-links = /srv/wheels\n");
    put(
        folder.resolve("requirements-dev.txt"),
        "six\n--extra-index-url https://r.example/s3cret\n");

    assertThat(run("pip").out())
        .contains(
            """
            Other indexes, which an attacker may answer for:
              TEMP/etc/pip.conf:2: global.extra-index-url https://a.example/… is asked as well
              TEMP/home/.config/pip/pip.conf:2: install.find-links /srv/wheels is asked as well
              TEMP/venv/pip.conf:2: global.index-url https://venv.example/… (with credentials in it) is taken instead
              environment: PIP_EXTRA_INDEX_URL https://env.example/… (with credentials in it) is asked as well
              TEMP/work/requirements-dev.txt:2: --extra-index-url https://r.example/… is asked as well
            As long as one of them is taken instead, pip does not ask Wellhead.
            """
                .replace("TEMP", temp.toString()))
        .doesNotContain("s3cret", "ss@", "pa/");
  }

  @Test
  void what_wins_over_the_users_settings_is_told_for_each_client() throws IOException {
    put(
        folder.resolve("pyproject.toml"),
        """
        [[tool.uv.index]]
        url = "https://uv.example/s"
        default = true
        [[tool.poetry.source]]
        name = "PyPI"
        priority = "supplemental"
        [[tool.pdm.source]]
        name = "pypi"
        url = "https://pdm.example/s"
        [tool.hatch.envs.test.env-vars]
        PIP_INDEX_URL = "https://hatch.example/s"
        """);
    environment.put("UV_INDEX", "gpu=https://gpu.example/whl");
    environment.put("PDM_PYPI_URL", "https://env.example/s");

    Path file = folder.resolve("pyproject.toml");
    assertThat(told("uv"))
        .containsExactly(
            file + ":1: source https://uv.example/… is taken instead",
            "environment: UV_INDEX https://gpu.example/… is asked as well");
    assertThat(told("poetry")).containsExactly(file + ":4: source PyPI is asked as well");
    assertThat(told("pdm"))
        .containsExactly(
            file + ":7: source pypi https://pdm.example/… is taken instead",
            "environment: PDM_PYPI_URL https://env.example/… is taken instead");
    assertThat(told("hatch"))
        .containsExactly(
            file + " [test]: PIP_INDEX_URL https://hatch.example/… is taken instead",
            "environment: UV_INDEX https://gpu.example/… is asked as well");
  }

  @Test
  void the_server_is_named_by_an_option_the_environment_or_the_project() throws IOException {
    put(
        folder.resolve("pyproject.toml"),
        "[tool.wellhead]\nserver = \"https://project.example/w\"\nview = \"gpu\"\n");

    assertThat(run("pip", "--server", "https://o.example/simple/", "--view", "x@2026-11-01").out())
        .contains("index-url = https://o.example/x@2026-11-01/simple/\n");
    assertThat(run("pip", "--view", "v").out())
        .contains("index-url = https://wellhead.example/v/simple/\n");
    environment.remove("WELLHEAD_URL");
    assertThat(run("pip").out()).contains("index-url = https://project.example/w/gpu/simple/\n");
    Files.delete(folder.resolve("pyproject.toml"));
    assertThat(run("pip").out()).contains("index-url = http://127.0.0.1:8090/simple/\n");
  }

  @Test
  void pip_trusts_a_plain_host_only_where_it_must() throws IOException {
    Path file = put(home(".config/pip/pip.conf"), "[global]\ntrusted-host = a.example\n");

    run("pip", "--server", "http://w.example:8090", "--write");

    assertThat(file)
        .hasContent(
            """
            [global]
            index-url = http://w.example:8090/simple/
            trusted-host = a.example w.example:8090
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "https://u:s3cret@x", "https://x/?token=s3cret", "x y", "https://"})
  void what_is_no_server_is_one_sentence(String url) {
    Said said = run("pip", "--server", url);

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).doesNotContain("s3cret");
  }

  @Test
  void a_project_without_pyproject_is_one_sentence() {
    assertThat(run("poetry", "--write"))
        .isEqualTo(
            new Said(
                1,
                "",
                "There is no pyproject.toml in "
                    + folder
                    + ": run this in the project's folder.\n"));
  }

  @Test
  void links_are_followed_and_stay_links() throws IOException {
    Path real = put(temp.resolve("dotfiles/pip.conf"), "[global]\n");
    Path link = home(".config/pip/pip.conf");
    Files.createDirectories(link.resolveSibling(""));
    Files.createSymbolicLink(link, real);

    run("pip", "--write");

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("[global]\nindex-url = " + URL + "\n");
  }

  private List<String> told(String client) {
    return run(client)
        .out()
        .lines()
        .filter(line -> line.matches("  .*(instead|as well|names it)"))
        .map(String::strip)
        .toList();
  }

  private Path home(String name) {
    return temp.resolve("home").resolve(name).normalize();
  }

  private static Path put(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  private Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(environment, temp, folder);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "config";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int exitCode = line.execute(all);
    return new Said(exitCode, out.toString(), err.toString());
  }
}
