package dev.wellhead.server.boot;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A log event as one JSON object on one line, for machines.
///
/// The names of its fields are a promise (docs/operating.md) and do not change with the library
/// that writes logs: `time`, `level`, `logger`, `message`, and where there is one `request` and
/// `error`.
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private final JsonMapper json = new JsonMapper();
  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

  @Override
  public void start() {
    traces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("message", event.getFormattedMessage());
    String request = event.getMDCPropertyMap().get("request");
    if (request != null) {
      line.put("request", request);
    }
    if (event.getThrowableProxy() != null) {
      line.put("error", traces.convert(event));
    }
    return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
