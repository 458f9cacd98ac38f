package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WishesOfBrowsersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "text/html",
        "text/html;charset=utf-8, application/json;q=0.5",
        "application/json;q=0.9, text/html",
      })
  void a_browser_gets_a_page(String accept) {
    assertThat(Weights.asksForPage(List.of(accept))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "",
        "application/json, text/html",
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1,"
            + " text/html; q=0.01",
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
            + " text/html;q=0.01",
        "application/vnd.pypi.simple.v1+json, */*;q=0.1",
        "text/html;q=0",
        "text/html;q=many",
      })
  void an_installer_does_not(String accept) {
    assertThat(Weights.asksForPage(List.of(accept))).isFalse();
  }

  @Test
  void the_language_wished_for_most_among_those_spoken_is_taken() {
    assertThat(Language.wished(List.of("zh-CN,zh;q=0.9,en;q=0.8"))).isEqualTo(Language.ZH);
    assertThat(Language.wished(List.of("en-GB,en;q=0.9,zh;q=0.8"))).isEqualTo(Language.EN);
    assertThat(Language.wished(List.of("de, zh;q=0.5, en;q=0.4"))).isEqualTo(Language.ZH);
    assertThat(Language.wished(List.of("de,fr"))).isEqualTo(Language.EN);
    assertThat(Language.wished(List.of("zh;q=0"))).isEqualTo(Language.EN);
    assertThat(Language.wished(List.of("x,".repeat(100_000) + "zh"))).isEqualTo(Language.EN);
    assertThat(Language.wished(List.of())).isEqualTo(Language.EN);
  }
}
