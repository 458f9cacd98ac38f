package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LogLinesTest {
  private static final Instant AT = Instant.parse("2026-01-10T12:00:00.5Z");

  @Test
  void a_plain_line_has_time_level_place_and_message() {
    assertThat(line(Settings.LogFormat.PLAIN, "fetched six", null))
        .isEqualTo("2026-01-10T12:00:00.500Z INFO  Download fetched six\n");
  }

  @Test
  void a_message_cannot_forge_a_second_line() {
    assertThat(line(Settings.LogFormat.PLAIN, "a\n2026 ERROR x\r\ny", null))
        .isEqualTo("2026-01-10T12:00:00.500Z INFO  Download a 2026 ERROR x y\n");
  }

  @Test
  void a_message_cannot_steer_a_terminal() {
    String control = "a\u001b[2J\u009b31m\u0085\u2028\u202eb";
    assertThat(line(Settings.LogFormat.PLAIN, control, null))
        .isEqualTo("2026-01-10T12:00:00.500Z INFO  Download a [2J 31m b\n");
    assertThat(line(Settings.LogFormat.JSON, control, null)).doesNotContain("\u001b");
  }

  @Test
  void an_exception_cannot_forge_a_line_of_ours() {
    String text = line(Settings.LogFormat.PLAIN, "a", new IOException("x\r\n2026 ERROR\u001b[2J"));

    assertThat(text.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("  "));
    assertThat(text).contains("2026 ERROR [2J").doesNotContain("\r").endsWith("\n");
  }

  @Test
  void a_plain_line_names_the_request_that_it_belongs_to() {
    try (var _ = MDC.putCloseable("request", "abc-1")) {
      assertThat(line(Settings.LogFormat.PLAIN, "a", null))
          .isEqualTo("2026-01-10T12:00:00.500Z INFO  Download abc-1 a\n");
    }
  }

  @Test
  void a_json_line_is_one_object() {
    String line = line(Settings.LogFormat.JSON, "a \"name\"\n", new IllegalStateException("why"));

    assertThat(line.strip()).doesNotContain("\n");
    JsonNode object = JsonMapper.shared().readTree(line);
    assertThat(object.get("time").asString()).isEqualTo("2026-01-10T12:00:00.500Z");
    assertThat(object.get("level").asString()).isEqualTo("INFO");
    assertThat(object.get("logger").asString()).isEqualTo("dev.wellhead.Download");
    assertThat(object.get("message").asString()).isEqualTo("a \"name\"\n");
    assertThat(object.get("error").asString())
        .startsWith("java.lang.IllegalStateException: why\n\tat ");
    assertThat(object.has("request")).isFalse();
  }

  @Test
  void the_fields_of_a_json_line_are_the_documented_ones() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("house", ".")).resolve("docs/operating.md"));
    try (var _ = MDC.putCloseable("request", "abc-1")) {
      JsonNode object =
          JsonMapper.shared()
              .readTree(line(Settings.LogFormat.JSON, "a", new IllegalStateException("why")));

      assertThat(object.get("request").asString()).isEqualTo("abc-1");
      assertThat(object.propertyNames())
          .containsExactly("time", "level", "logger", "message", "request", "error")
          .allSatisfy(field -> assertThat(page).contains("| `" + field + "` |"));
    }
  }

  private static String line(Settings.LogFormat format, String message, @Nullable Throwable why) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LoggingEvent event =
        new LoggingEvent(
            "x", context.getLogger("dev.wellhead.Download"), Level.INFO, message, why, null);
    event.setInstant(AT);
    Map<String, String> mdc = MDC.getCopyOfContextMap();
    event.setMDCPropertyMap(mdc == null ? Map.of() : mdc);
    return new String(LogLines.encoder(context, format).encode(event), StandardCharsets.UTF_8);
  }
}
