package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StaticFilesTest {
  @Test
  void what_others_wrote_is_byte_for_byte_what_they_published() {
    Map<String, String> hashes = new TreeMap<>();
    for (String name : new String[] {"htmx.js", "pico.css", "uplot.css", "uplot.js"}) {
      hashes.put(name, StaticFiles.hash(StaticFiles.bytes(name)));
    }

    // htmx.org 4.0.1, @picocss/pico 2.1.1 and uplot 1.6.32 of the npm registry.
    assertThat(hashes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "htmx.js", "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
                "pico.css", "fbc9a63fc9fc9f72d12fd7fc9806e11fa9f77ae4f9cad146b27003a1119ba3db",
                "uplot.css", "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
                "uplot.js", "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f"));
  }

  @Test
  void their_licences_come_with_them() {
    assertThat(new String(StaticFiles.bytes("notices.txt"), StandardCharsets.UTF_8))
        .contains("htmx 4.0.1", "Pico CSS 2.1.1", "uPlot 1.6.32")
        .contains(
            "Zero-Clause BSD", "Copyright (c) 2019-2024 Pico", "Copyright (c) 2022 Leon Sorokin");
  }

  @Test
  void an_address_changes_with_the_bytes() {
    String hash = StaticFiles.hash(StaticFiles.bytes("wellhead.css"));

    assertThat(new StaticFiles().href("wellhead.css"))
        .isEqualTo("/static/wellhead.css?v=" + hash.substring(0, 16));
  }
}
