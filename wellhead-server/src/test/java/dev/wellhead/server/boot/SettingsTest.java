package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            "server.tls.certificate and server.tls.key belong together: give both or neither.",
            "upstream.credentials.password needs upstream.credentials.username beside it.",
            "upstream.proxy has a name or a password, and no url to send them to.",
            "storage.postgres.url is missing: storage.database is postgres.");
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
