package dev.wellhead.server.fetches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class UserAgentTest {
  private static final String PIP =
      "pip/26.3 {\"ci\":null,\"cpu\":\"x86_64\",\"distro\":{\"id\":\"bookworm\",\"libc\":{\"lib\":"
          + "\"glibc\",\"version\":\"2.36\"},\"name\":\"Debian GNU/Linux\",\"version\":\"12\"},"
          + "\"implementation\":{\"name\":\"CPython\",\"version\":\"3.11.7\"},\"installer\":{"
          + "\"name\":\"pip\",\"version\":\"26.3\"},\"openssl_version\":\"OpenSSL 3.0.19 27 Jan"
          + " 2026\",\"python\":\"3.11.7\",\"system\":{\"name\":\"Linux\",\"release\":\"6.18.44\"}}";
  private static final String UV =
      "uv/0.13.9 {\"installer\":{\"name\":\"uv\",\"version\":\"0.13.9\",\"subcommand\":[\"pip\","
          + "\"install\"]},\"python\":\"3.11.2\",\"implementation\":{\"name\":\"CPython\","
          + "\"version\":\"3.11.2\"},\"distro\":{\"name\":\"Debian GNU/Linux\",\"version\":\"12\"},"
          + "\"system\":{\"name\":\"Linux\",\"release\":\"6.18.44\"},\"cpu\":\"x86_64\","
          + "\"openssl_version\":null,\"setuptools_version\":null,\"rustc_version\":null,\"ci\":true}";
  private static final String WINDOWS =
      "pip/25.0 {\"installer\":{\"name\":\"pip\",\"version\":\"25.0\"},\"python\":\"3.13.1\","
          + "\"implementation\":{\"name\":\"CPython\"},\"system\":{\"name\":\"Windows\","
          + "\"release\":\"11\"}}";
  private static final String MAC =
      "Hatch/1.18.2 {\"distro\":{\"name\":\"macOS\",\"version\":\"15.1\"},\"implementation\":{"
          + "\"name\":\"CPython\"},\"installer\":{\"name\":\"hatch\",\"version\":\"1.18.2\"},"
          + "\"python\":\"3.12.4\"} HTTPX2/2.16.2";

  static Stream<Arguments> agents() {
    return Stream.of(
        arguments(PIP, software("pip", "26.3", "CPython", "3.11.7", "Debian GNU/Linux 12")),
        arguments(
            UV,
            new ClientSoftware("uv", "0.13.9", "CPython", "3.11.2", "Debian GNU/Linux 12", true)),
        arguments(WINDOWS, software("pip", "25.0", "CPython", "3.13.1", "Windows 11")),
        arguments(MAC, software("hatch", "1.18.2", "CPython", "3.12.4", "macOS 15.1")),
        arguments(
            "poetry/2.5.1 CPython/3.11.7 Linux/6.18.44-fc",
            software("poetry", "2.5.1", "CPython", "3.11.7", "Linux")),
        arguments(
            "pdm/2.29.3 PyPy/3.10.14 Darwin/24.1.0",
            software("pdm", "2.29.3", "PyPy", "3.10.14", "macOS")),
        arguments(
            "twine/7.0.0 id/1 importlib_metadata/8 CPython/3.11.7",
            software("twine", "7.0.0", "CPython", "3.11.7", "")),
        arguments(
            "pip/1.5.4 CPython/2.7.6 Windows/8",
            software("pip", "1.5.4", "CPython", "2.7.6", "Windows 8")),
        arguments("python-requests/2.34.2", software("requests", "2.34.2", "", "", "")),
        arguments("python-httpx/0.28.1", software("httpx", "0.28.1", "", "", "")),
        arguments("Python-urllib/3.11", software("urllib", "", "", "3.11", "")),
        arguments("Python/3.12 aiohttp/3.11.2", software("aiohttp", "3.11.2", "", "3.12", "")),
        arguments("curl/7.88.1", software("curl", "7.88.1", "", "", "")),
        arguments("Wget/1.21.3", software("wget", "1.21.3", "", "", "")),
        arguments(
            "Nexus/3.70.1-02 (OSS; Linux; 5.15; amd64; 17)",
            software("nexus", "3.70.1-02", "", "", "")),
        arguments(
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            software("browser", "Firefox 145.0", "", "", "Linux")),
        arguments(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            software("browser", "Edge 142.0.0.0", "", "", "Windows")),
        arguments(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
                + " Gecko) Version/18.1 Safari/605.1.15",
            software("browser", "Safari 18.1", "", "", "macOS")),
        arguments("Mozilla/5.0 (compatible; Somebot/2.1)", software("browser", "", "", "", "")),
        arguments("", ClientSoftware.UNKNOWN),
        arguments("{\"installer\":{\"name\":\"pip\"}}", ClientSoftware.UNKNOWN),
        arguments("pip/26.3 {\"broken\":", software("pip", "26.3", "", "", "")),
        arguments(
            "pip/26.3 {\"python\":{\"a\":1},\"ci\":\"yes\"}", software("pip", "26.3", "", "", "")),
        arguments("pip/26.3 []", software("pip", "26.3", "", "", "")));
  }

  @ParameterizedTest
  @MethodSource("agents")
  void an_agent_is_read(String agent, ClientSoftware expected) {
    assertThat(ClientSoftware.parse(agent)).isEqualTo(expected);
  }

  @Test
  void text_of_strangers_is_bounded_and_plain() {
    ClientSoftware parsed =
        ClientSoftware.parse(
            "pip/1 {\"python\":\"a\\u0000\\ud800\\u0007b\",\"implementation\":{\"name\":\""
                + "x".repeat(3000)
                + "\"}}");

    assertThat(parsed).isEqualTo(software("pip", "1", "x".repeat(64), "ab", ""));
  }

  @Test
  void depth_and_length_do_no_harm() {
    assertThat(ClientSoftware.parse("pip/1 " + "{\"a\":".repeat(100_000)).tool()).isEqualTo("pip");
    assertThat(
            ClientSoftware.parse("pip/1 " + "{\"a\":".repeat(700) + "1" + "}".repeat(500)).tool())
        .isEqualTo("pip");
    assertThat(ClientSoftware.parse("(".repeat(1_000_000))).isEqualTo(ClientSoftware.UNKNOWN);
    assertThat(ClientSoftware.parse("a/".repeat(1_000_000)).version()).hasSize(64);
  }

  @Test
  void no_agent_whatsoever_throws() {
    Random chance = new Random(20261124);
    String[] pieces = {
      "pip/",
      "{",
      "}",
      "\"",
      ":",
      "(",
      ")",
      "\\u0000",
      "\ud800",
      " ",
      "Mozilla/",
      "installer",
      "version",
      "[",
      "1e999999999",
      "é",
      "\0",
      ",",
      "python",
      "null",
      "Firefox/",
      "\\"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder agent = new StringBuilder(chance.nextBoolean() ? PIP : "");
      for (int j = chance.nextInt(20); j > 0; j--) {
        agent.insert(chance.nextInt(agent.length() + 1), pieces[chance.nextInt(pieces.length)]);
      }
      ClientSoftware parsed = ClientSoftware.parse(agent.toString());
      assertThat(parsed.tool()).as("%s", agent).isNotEmpty().hasSizeLessThanOrEqualTo(64);
    }
  }

  private static ClientSoftware software(
      String tool, String version, String implementation, String python, String system) {
    return new ClientSoftware(tool, version, implementation, python, system, false);
  }
}
