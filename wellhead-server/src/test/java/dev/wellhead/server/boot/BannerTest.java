package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BannerTest {
  private static final URI HERE = URI.create("http://127.0.0.1:8090/");

  @Test
  void it_says_where_everything_is_and_how_to_use_it() throws Exception {
    assertThat(Banner.text("1.2.3", settings(Map.of()), HERE))
        .isEqualTo(
            """
            Wellhead 1.2.3
              listens on  http://127.0.0.1:8090/
              data in     /srv/wellhead-data
              upstream    https://pypi.org/simple/ (files: https://files.pythonhosted.org/)

            Point your tools at it:
              pip     pip config set global.index-url http://127.0.0.1:8090/simple/
              uv      export UV_DEFAULT_INDEX=http://127.0.0.1:8090/simple/
              poetry  poetry source add --priority=primary wellhead http://127.0.0.1:8090/simple/
            """);
  }

  @Test
  void tools_get_the_public_url_and_pip_is_told_to_trust_plain_http() throws Exception {
    String text =
        Banner.text(
            "1", settings(Map.of("WELLHEAD_SERVER_PUBLIC_URL", "http://pypi.example.com")), HERE);

    assertThat(text)
        .contains("  public URL  http://pypi.example.com\n")
        .contains("pip     pip config set global.index-url http://pypi.example.com/simple/\n")
        .contains("          pip config set global.trusted-host pypi.example.com\n")
        .contains("UV_DEFAULT_INDEX=http://pypi.example.com/simple/\n");
  }

  @Test
  void for_logs_it_is_one_line() throws Exception {
    assertThat(Banner.line("1.2.3", settings(Map.of()), HERE))
        .isEqualTo(
            "Wellhead 1.2.3 listens on http://127.0.0.1:8090/, data in /srv/wellhead-data, upstream"
                + " https://pypi.org/simple/ (files: https://files.pythonhosted.org/)");
  }

  private static Settings settings(Map<String, String> environment) throws RefusedException {
    return SettingsLoader.load(Map.of(), environment, Path.of("/srv"));
  }
}
