package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsTest {
  private static final String TORCH = "torch-2.0.0%2Bcu118-cp311-cp311-linux_x86_64.whl";

  private final Hosts hosts =
      Hosts.of(
          UpstreamSettings.of(
              URI.create("https://index.test/pypi/simple"),
              URI.create("https://files.test/"),
              URI.create("http://more.test:8080/")));

  HostsTest() throws UpstreamRefusedException {}

  @Test
  void paths_are_the_upstreams_own_and_lead_back() {
    List<List<String>> pairs =
        List.of(
            List.of("https://files.test/packages/ab/cd/x.whl", "packages/ab/cd/x.whl"),
            List.of("https://files.test/whl/" + TORCH, "whl/" + TORCH),
            List.of("http://more.test:8080/x.whl", "+more.test:8080/x.whl"),
            List.of("https://index.test/pypi/files/x.whl", "+index.test/pypi/files/x.whl"),
            List.of("https://files.test/%2Bmore/x.whl", "+files.test/%2Bmore/x.whl"));
    for (List<String> pair : pairs) {
      URI url = URI.create(pair.get(0));
      assertThat(hosts.servedPath(url)).isEqualTo(pair.get(1));
      assertThat(hosts.urlOf(pair.get(1))).isEqualTo(Optional.of(url));
      String decoded = pair.get(1).replace("%2B", "+");
      assertThat(hosts.urlOf(decoded)).isEqualTo(Optional.of(url));
    }
  }

  @Test
  void every_spelling_of_a_url_has_one_path() {
    assertThat(hosts.servedPath(URI.create("HTTPS://Files.Test:443/a/b+c%7E.whl")))
        .isEqualTo("a/b%2Bc~.whl");
  }

  @Test
  void a_path_that_is_no_files_leads_nowhere() {
    for (String path :
        List.of(
            "",
            "/",
            "a//b",
            "../a",
            "a/..",
            "a/%2e%2e/b",
            "a/%2f/b",
            "a\\b",
            "a/%5c",
            "a/%00",
            "a/%zz",
            "a/%",
            "a/%25",
            "a/%ff",
            "+evil.test/a",
            "+more.test/a",
            "+more.test:8080",
            "+more.test:8080/",
            "+files.test/a")) {
      assertThat(hosts.urlOf(path)).as(path).isEmpty();
    }
  }

  @Test
  void a_url_elsewhere_has_no_path() {
    assertThatThrownBy(() -> hosts.servedPath(URI.create("https://evil.test/x.whl")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settings_that_name_no_host_are_refused_with_their_name_and_without_secrets() {
    for (String url :
        List.of(
            "https://me:secret@index.test/simple/",
            "https://index.test/simple/?token=secret",
            "ftp://index.test/simple/",
            "index.test/simple")) {
      assertThatThrownBy(() -> Hosts.of(UpstreamSettings.of(URI.create(url))))
          .isInstanceOf(UpstreamRefusedException.class)
          .hasMessageContaining("`upstream.index`")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() ->
            Hosts.of(
                UpstreamSettings.of(
                    URI.create("https://index.test/simple/"), URI.create("http://index.test/"))))
        .isInstanceOf(UpstreamRefusedException.class);
  }
}
