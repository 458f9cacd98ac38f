package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void name_the_file() {
    file = folder.resolve("w.toml");
  }

  @Test
  void without_a_word_from_anybody_the_defaults_hold() throws Exception {
    Settings settings = SettingsLoader.load(NONE, NONE, folder);

    assertThat(settings.data()).isEqualTo(folder.resolve("wellhead-data"));
    assertThat(settings.server())
        .isEqualTo(
            new Settings.Server(
                "127.0.0.1",
                8090,
                null,
                new Settings.Tls(null, null),
                List.of(),
                false,
                Duration.ofSeconds(30),
                8192,
                Duration.ofSeconds(30)));
    assertThat(settings.upstream().index()).isEqualTo(URI.create("https://pypi.org/simple/"));
    assertThat(settings.upstream().fileRoots())
        .containsExactly(URI.create("https://files.pythonhosted.org/"));
    assertThat(settings.upstream().freshFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.upstream().limits().pageSize()).isEqualTo(new ByteSize(16_000_000));
    assertThat(settings.storage().database()).isEqualTo(Settings.Engine.SQLITE);
  }

  @Test
  void the_command_line_stands_over_the_environment_and_that_over_the_file() throws Exception {
    Settings settings =
        load(
            """
            [server]
            host = "10.0.0.1"
            port = 1
            max_connections = 7
            """,
            Map.of("WELLHEAD_SERVER_HOST", "10.0.0.2", "WELLHEAD_SERVER_PORT", "2"),
            Map.of("server.port", "3"));

    assertThat(settings.server().host()).isEqualTo("10.0.0.2");
    assertThat(settings.server().port()).isEqualTo(3);
    assertThat(settings.server().maxConnections()).isEqualTo(7);
  }

  @Test
  void every_kind_of_value_is_read_from_the_file() throws Exception {
    Settings settings =
        load(
            """
            data = "here"
            server.access_log = true
            server.trusted_proxies = ["10.0.0.0/8", "::1"]
            upstream = { fresh_for = "72h", files = [
              "https://a.example/",  # one
              "https://b.example/x/"] }
            cache.pages = "64MiB"
            log.format = "json"
            """,
            NONE,
            NONE);

    assertThat(settings.data()).isEqualTo(folder.resolve("here"));
    assertThat(settings.server().accessLog()).isTrue();
    assertThat(settings.server().trustedProxies()).containsExactly("10.0.0.0/8", "::1");
    assertThat(settings.upstream().freshFor()).isEqualTo(Duration.ofDays(3));
    assertThat(settings.upstream().fileRoots())
        .containsExactly(URI.create("https://a.example/"), URI.create("https://b.example/x/"));
    assertThat(settings.cache().pages()).isEqualTo(new ByteSize(64L << 20));
    assertThat(settings.log().format()).isEqualTo(Settings.LogFormat.JSON);
  }

  @Test
  void an_unknown_key_is_an_error_with_its_place_and_the_nearest_known_one() {
    assertThat(refusal("# mine\n[upstream]\nindx = \"https://a.example/\"\n"))
        .isEqualTo(file + ":3:1: there is no setting upstream.indx; did you mean upstream.index?");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThat(
            refusal(
                    """
                    log.levle = "info"
                    text = \"""
                    [server]
                    port = "no key, but text" \"""
                    [server]
                      port = "8090"
                    idle_timeout = 30
                    [storage]
                    database = "oracle"
                    [cache]
                    "pages" = "many"
                    """)
                .lines())
        .containsExactly(
            file + ":1:1: there is no setting log.levle; did you mean log.level?",
            file + ":2:1: there is no setting text.",
            file + ":6:3: server.port must be a whole number from 0 to 65535; it is \"8090\".",
            file
                + ":7:1: server.idle_timeout must be a length of time in quotes, such as \"90s\","
                + " \"10m\", \"72h\" or \"30d\"; it is 30.",
            file + ":9:1: storage.database must be one of sqlite, postgres; it is \"oracle\".",
            file
                + ":11:1: cache.pages must be a size in quotes, such as \"512kB\", \"64MB\" or"
                + " \"1GiB\"; it is \"many\".");
  }

  @Test
  void rules_are_told_beside_wrong_values_and_by_line() {
    assertThat(
            refusal(
                    """
                    [upstream.credentials]
                    password = "p"
                    [server]
                    port = "x"
                    colour = "green"
                    [server.tls]
                    certificate = 3
                    key = "k.pem"
                    """,
                    Map.of("WELLHEAD_PORT", "1"))
                .lines())
        .containsExactly(
            file
                + ":2:1: upstream.credentials.password needs upstream.credentials.username beside"
                + " it.",
            file + ":4:1: server.port must be a whole number from 0 to 65535; it is \"x\".",
            file + ":5:1: there is no setting server.colour.",
            file + ":7:1: server.tls.certificate must be a path in quotes; it is 3.",
            "WELLHEAD_PORT: no setting has this name in the environment; did you mean"
                + " WELLHEAD_SERVER_PORT?");
  }

  @Test
  void what_other_programs_call_a_setting_leads_to_ours() {
    assertThat(refusal("upstream.url = \"https://a.example/\"\n"))
        .isEqualTo(file + ":1:1: there is no setting upstream.url; did you mean upstream.index?");
    assertThat(refusal("port = 1\n"))
        .isEqualTo(file + ":1:1: there is no setting port; did you mean server.port?");
    assertThat(refusal("", Map.of("WELLHEAD_UPSTREAM_URL", "https://a.example/")))
        .endsWith("did you mean WELLHEAD_UPSTREAM_INDEX?");
    assertThat(refusal("[server]\nbind = \"::\"\n")).endsWith("did you mean server.host?");
  }

  @Test
  void a_file_that_is_no_toml_hides_nothing_that_is_wrong_elsewhere() {
    assertThat(refusal("[server\n", Map.of("WELLHEAD_PORT", "1")).lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("WELLHEAD_PORT: ");
  }

  @Test
  void a_key_cannot_steer_the_terminal_that_shows_it() {
    assertThat(refusal("\"a\\u001b[2J\\n\" = 1\n"))
        .isEqualTo(file + ":1:1: there is no setting a?[2J?.");
  }

  @Test
  void a_file_that_is_not_toml_is_refused_with_line_and_column() {
    assertThat(refusal("[server]\nport == 1\n")).startsWith(file + ":2:7: ");
  }

  @Test
  void a_file_that_was_named_must_be_there() {
    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> SettingsLoader.load(Map.of("config", "no.toml"), NONE, folder)))
        .hasMessageStartingWith(
            "The settings file " + folder.resolve("no.toml") + " cannot be read");
  }

  @Test
  void the_file_in_the_data_folder_is_read_where_there_is_one() throws Exception {
    Files.createDirectories(folder.resolve("d"));
    Files.writeString(folder.resolve("d/wellhead.toml"), "server.port = 5\n");

    assertThat(SettingsLoader.load(Map.of("data", "d"), NONE, folder).server().port()).isEqualTo(5);
  }

  @Test
  void the_file_in_the_data_folder_cannot_move_the_data_folder() throws Exception {
    Files.createDirectories(folder.resolve("d"));
    Files.writeString(folder.resolve("d/wellhead.toml"), "data = \"e\"\n");

    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> SettingsLoader.load(Map.of("data", "d"), NONE, folder)))
        .hasMessage(
            folder.resolve("d/wellhead.toml")
                + ":1:1: data cannot be set in the file that lies in the data folder; use --data.");
  }

  @Test
  void an_unknown_name_in_the_environment_is_an_error() {
    assertThat(refusal("", Map.of("WELLHEAD_SERVER_PROT", "1", "WELLHEAD_JAVA_OPTS", "-Xmx1g")))
        .isEqualTo(
            "WELLHEAD_SERVER_PROT: no setting has this name in the environment; did you mean"
                + " WELLHEAD_SERVER_PORT?");
  }

  @Test
  void a_wrong_value_on_the_command_line_is_misuse() {
    assertThat(
            catchThrowableOfType(
                MisuseException.class,
                () -> SettingsLoader.load(Map.of("server.port", "x"), NONE, folder)))
        .hasMessage("--port: server.port must be a whole number from 0 to 65535; it is \"x\".");
  }

  @Test
  void a_secret_may_lie_in_a_file_of_its_own_and_is_never_shown() throws Exception {
    Files.writeString(folder.resolve("token"), "hunter2\n");

    Settings settings = load("upstream.credentials.token_file = \"token\"\n", NONE, NONE);

    assertThat(settings.upstream().credentials().token()).isEqualTo(new Secret("hunter2"));
    assertThat(settings.toString()).contains("token=****").doesNotContain("hunter2");
  }

  @Test
  void the_environment_replaces_a_secret_of_the_file_whichever_way_it_was_given() throws Exception {
    Settings settings =
        load(
            "upstream.credentials.token_file = \"absent\"\n",
            Map.of("WELLHEAD_UPSTREAM_CREDENTIALS_TOKEN", "from-environment"),
            NONE);

    assertThat(settings.upstream().credentials().token()).isEqualTo(new Secret("from-environment"));
  }

  @Test
  void one_secret_given_both_ways_in_one_place_is_an_error() {
    assertThat(
            refusal(
                """
                [upstream.credentials]
                token = "hunter2"
                token_file = "t"
                """))
        .contains(
            file
                + ":3:1: give either upstream.credentials.token or"
                + " upstream.credentials.token_file, not both.")
        .doesNotContain("hunter2");
  }

  @Test
  void a_name_in_a_url_is_refused_and_not_repeated() {
    assertThat(refusal("upstream.index = \"https://ada:hunter2@a.example/simple/\"\n"))
        .isEqualTo(
            file
                + ":1:1: upstream.index must not carry a name or a password: those have settings"
                + " of their own, which are never shown.");
  }

  @Test
  void what_belongs_together_is_asked_for_together() {
    assertThat(
            refusal(
                    """
                    server.tls.certificate = "c.pem"
                    upstream.credentials.password = "p"
                    upstream.proxy.username = "u"
                    storage.database = "postgres"
                    """)
                .lines())
        .containsExactly(
            file
                + ":1:1: server.tls.certificate and server.tls.key belong together: give both or"
                + " neither.",
            file
                + ":2:1: upstream.credentials.password needs upstream.credentials.username beside"
                + " it.",
            file + ":3:1: upstream.proxy has a name or a password, and no url to send them to.",
            file
                + ":3:1: upstream.proxy.username and upstream.proxy.password belong together: give"
                + " both or neither.",
            file + ":4:1: storage.postgres.url is missing: storage.database is postgres.");
  }

  @Test
  void a_name_without_a_password_signs_in_nowhere() {
    assertThat(refusal("upstream.credentials.username = \"u\"\n"))
        .isEqualTo(
            file
                + ":1:1: upstream.credentials.username needs upstream.credentials.password beside"
                + " it.");
  }

  @Test
  void sources_and_views_have_names_that_people_choose() throws Exception {
    Settings settings =
        load(
            """
            [source.gpu-wheels]
            index = "https://gpu.example/whl/"
            format = "html"
            credentials.username = "ada"
            [view.default]
            sources = ["hosted", "upstream"]
            [view.ml]
            sources = ["hosted", "gpu-wheels", "upstream"]
            freeze = "2026-11-01"
            join = { torch = ["gpu-wheels", "upstream"], "zope.interface" = ["upstream", "hosted"] }
            """,
            Map.of(
                "WELLHEAD_SOURCE_GPU_WHEELS_CREDENTIALS_PASSWORD", "hunter2",
                "WELLHEAD_SOURCE_OTHER_INDEX", "https://other.example/simple/",
                "WELLHEAD_VIEW_ML_JOIN_JAX_LIB", "gpu-wheels, upstream"),
            NONE);

    assertThat(settings.source().keySet()).containsExactly("gpu-wheels", "other");
    Settings.Upstream gpu = Objects.requireNonNull(settings.source().get("gpu-wheels"));
    assertThat(gpu.index()).isEqualTo(URI.create("https://gpu.example/whl/"));
    assertThat(gpu.format()).isEqualTo(Settings.PageFormat.HTML);
    assertThat(gpu.freshFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(gpu.credentials())
        .isEqualTo(new Settings.Credentials("ada", new Secret("hunter2"), null));
    assertThat(settings.view())
        .isEqualTo(
            Map.of(
                "default",
                new Settings.View(List.of("hosted", "upstream"), null, Map.of()),
                "ml",
                new Settings.View(
                    List.of("hosted", "gpu-wheels", "upstream"),
                    LocalDate.parse("2026-11-01"),
                    Map.of(
                        "torch", List.of("gpu-wheels", "upstream"),
                        "zope.interface", List.of("upstream", "hosted"),
                        "jax-lib", List.of("gpu-wheels", "upstream")))));
    assertThat(settings.toString()).contains("password=****").doesNotContain("hunter2");
  }

  @Test
  void what_is_wrong_with_a_source_or_a_view_is_said_with_its_place() {
    assertThat(
            refusal(
                    """
                    [source.gpu]
                    indx = "https://gpu.example/"
                    [source.cpu]
                    [view.ml]
                    freeze = "2026-13-01"
                    joins = 1
                    """)
                .lines())
        .containsExactly(
            file
                + ":1:1: source.gpu.index is missing: The upstream's Simple API: the folder that"
                + " holds the project pages.",
            file + ":2:1: there is no setting source.gpu.indx; did you mean source.gpu.index?",
            file
                + ":3:1: source.cpu.index is missing: The upstream's Simple API: the folder that"
                + " holds the project pages.",
            file
                + ":4:1: view.ml has no sources: write sources = [\"hosted\", \"upstream\"], or"
                + " others.",
            file
                + ":5:1: view.ml.freeze must be a day in quotes, such as \"2026-11-01\"; it is"
                + " \"2026-13-01\".",
            file + ":6:1: there is no setting view.ml.joins; did you mean view.ml.join?");
  }

  @Test
  void sources_and_views_must_fit_together() {
    assertThat(
            refusal(
                    """
                    [source.hosted]
                    index = "https://a.example/"
                    [source.GPU]
                    index = "https://a.example/"
                    [view.files]
                    sources = ["upstream"]
                    [view.none]
                    [view.ml]
                    sources = ["upstream", "nexus", "upstream"]
                    join.torch = ["upstream", "hosted"]
                    join.-x = ["upstream"]
                    """)
                .lines())
        .containsExactly(
            file
                + ":1:1: source.hosted takes a name that has a meaning already: choose another one.",
            file
                + ":3:1: source.GPU: a name has lower-case letters, digits and hyphens, 1 to 40 of"
                + " them.",
            file
                + ":5:1: view.files cannot be: /files/ is, or may become, a path of this server's"
                + " own.",
            file
                + ":7:1: view.none has no sources: write sources = [\"hosted\", \"upstream\"], or"
                + " others.",
            file + ":9:1: view.ml.sources names upstream twice.",
            file
                + ":9:1: view.ml.sources names nexus, and there is no such source; known are hosted,"
                + " upstream, GPU.",
            file
                + ":10:1: view.ml.join.torch names hosted, which is none of the view's sources: put"
                + " it there, or take it out here.",
            file + ":11:1: view.ml.join.-x: that is no project's name.",
            file
                + ":11:1: view.ml.join.-x must name the two or more sources whose files are joined.");
  }

  @Test
  void names_in_the_environment_are_unambiguous() {
    List<String> names = SettingKey.all().stream().map(SettingKey::environment).toList();

    assertThat(names).doesNotHaveDuplicates();
  }

  private Settings load(String toml, Map<String, String> environment, Map<String, String> flags)
      throws IOException, RefusedException {
    Files.writeString(file, toml);
    Map<String, String> all = new HashMap<>(flags);
    all.put("config", file.toString());
    return SettingsLoader.load(all, environment, folder);
  }

  private String refusal(String toml) {
    return refusal(toml, NONE);
  }

  private String refusal(String toml, Map<String, String> environment) {
    return String.valueOf(
        catchThrowableOfType(RefusedException.class, () -> load(toml, environment, NONE))
            .getMessage());
  }
}
