package dev.wellhead.testkit.transcript;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plays steps on a stage and remembers what later steps refer to.
final class Player {
  private final Stage stage;
  private final Memory memory = new Memory();
  private @Nullable Reply last;

  Player(Stage stage) {
    this.stage = stage;
  }

  void play(Step step) {
    switch (step) {
      case Step.Clock clock -> stage.clock(clock.now());
      case Step.Advance advance -> stage.advance(advance.by());
      case Step.Upstream upstream -> upstream(upstream);
      case Step.House house -> house(house);
      case Step.Asked asked -> asked(asked);
      case Step.Exchange exchange -> exchange(exchange);
    }
  }

  private void upstream(Step.Upstream step) {
    try {
      stage.upstream(step.words().stream().map(word -> memory.fill(word, step.place())).toList());
    } catch (IllegalArgumentException e) {
      throw new TranscriptFailure(step.place(), "upstream: " + e.getMessage(), e);
    } catch (Exception e) { // the edge of one step: whatever the stage met gets its place
      throw new TranscriptFailure(step.place(), "the upstream could not be changed: " + e, e);
    }
  }

  private void house(Step.House step) {
    try {
      stage.house(step.words().stream().map(word -> memory.fill(word, step.place())).toList());
    } catch (Exception e) { // the edge of one step: whatever the stage met gets its place
      throw new TranscriptFailure(step.place(), "house: " + e.getMessage(), e);
    }
  }

  private void asked(Step.Asked step) {
    String path = memory.fill(step.path(), step.place());
    long times = stage.asked(path);
    if (times != step.times()) {
      throw new TranscriptFailure(
          step.place(),
          "the upstream was asked for " + path + " " + times + " times, not " + step.times());
    }
  }

  private void exchange(Step.Exchange exchange) {
    String sent = request(exchange);
    if (exchange.expectations().stream().anyMatch(one -> one.verb().equals("never-whole"))) {
      neverWhole(exchange, sent);
      return;
    }
    Reply reply = send(exchange, sent);
    Checks checks = new Checks(reply, last, memory, target(exchange));
    for (Step.Expectation expectation : exchange.expectations()) {
      @Nullable String wrong = checks.wrong(expectation);
      if (wrong != null) {
        throw new TranscriptFailure(
            expectation.place(), wrong + "\n" + picture(exchange, sent, reply.picture()));
      }
    }
    last = reply;
  }

  /// A client that is cut off knows that it has nothing; one that gets a whole wrong file does not.
  private void neverWhole(Step.Exchange exchange, String sent) {
    Reply reply;
    try {
      reply = Wire.exchange(stage.address(), sent.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketTimeoutException e) {
      throw new TranscriptFailure(
          exchange.place(), "the answer stalls\n" + picture(exchange, sent, ""), e);
    } catch (IOException e) {
      return;
    }
    if (reply.status() >= 500) {
      return;
    }
    throw new TranscriptFailure(
        exchange.place(), "the answer is whole\n" + picture(exchange, sent, reply.picture()));
  }

  private Reply send(Step.Exchange exchange, String sent) {
    try {
      return Wire.exchange(stage.address(), sent.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new TranscriptFailure(
          exchange.place(),
          "no sound answer: " + e.getMessage() + "\n" + picture(exchange, sent, ""),
          e);
    }
  }

  private String target(Step.Exchange exchange) {
    return exchange.sent() instanceof Step.Sent.Lines lines
        ? memory.fill(lines.target(), exchange.place())
        : "/";
  }

  /// The request as characters that are one byte each.
  private String request(Step.Exchange exchange) {
    return switch (exchange.sent()) {
      case Step.Sent.Raw(String bytes) -> memory.fill(bytes, exchange.place());
      case Step.Sent.Lines lines -> request(exchange.place(), lines);
    };
  }

  private String request(Place place, Step.Sent.Lines lines) {
    StringBuilder out = new StringBuilder();
    out.append(lines.method()).append(' ').append(memory.fill(lines.target(), place));
    out.append(" HTTP/1.1\r\n");
    List<String> headers = lines.headers();
    if (headers.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"))) {
      out.append("Host: ").append(stage.address().getAuthority()).append("\r\n");
    }
    for (String header : headers) {
      out.append(memory.fill(header, place)).append("\r\n");
    }
    String body = memory.fill(String.join("\n", lines.body()), place);
    if (!body.isEmpty()) {
      out.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return out.append("Connection: close\r\n\r\n").append(body).toString();
  }

  private static String picture(Step.Exchange exchange, String sent, String reply) {
    return "  # "
        + exchange.about()
        + "\n"
        + Reply.shortened(sent).indent(2)
        + "  ----\n"
        + reply.indent(2);
  }
}
