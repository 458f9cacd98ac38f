package dev.wellhead.testkit.transcript;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a transcript's lines into steps; what it does not understand is an error with its place.
final class TranscriptReader {
  private final String file;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> comment = new ArrayList<>();
  private boolean commentEnded;
  private String title = "";
  private @Nullable Request request;

  TranscriptReader(String file) {
    this.file = file;
  }

  Transcript read(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Place place = new Place(file, i + 1);
      String line = lines.get(i).stripTrailing();
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("#")) {
        comment(line.substring(1).strip());
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        indented(line.strip(), place);
      } else {
        finishRequest();
        commentEnded = true;
        directive(line, place);
      }
    }
    finishRequest();
    if (title.isEmpty()) {
      throw new TranscriptFailure(
          new Place(file, 1), "the first line is a comment: what this shows");
    }
    return new Transcript(file, title, Map.copyOf(settings), List.copyOf(steps));
  }

  private void comment(String text) {
    finishRequest();
    if (commentEnded) {
      comment.clear();
      commentEnded = false;
    }
    comment.add(text);
    if (title.isEmpty()) {
      title = text;
    }
  }

  private void directive(String line, Place place) {
    List<Word> words = Word.split(line, place);
    List<String> rest = words.stream().skip(1).map(Word::text).toList();
    String verb = words.getFirst().text();
    switch (verb) {
      case "setting" -> setting(rest, place);
      case "clock" -> steps.add(new Step.Clock(place, instant(only(rest, place), place)));
      case "advance" ->
          steps.add(new Step.Advance(place, Grammar.duration(only(rest, place), place)));
      case "upstream" -> steps.add(new Step.Upstream(place, rest));
      case "house" -> steps.add(new Step.House(place, rest));
      case "asked" -> steps.add(asked(rest, place));
      case "RAW" -> request = Request.raw(place, about(), only(rest, place));
      default -> {
        if (!verb.matches("[A-Z]{3,20}")) {
          throw new TranscriptFailure(place, "neither a directive nor a request: " + line);
        }
        // The target is the rest of the line as it stands: weird targets are sent as written.
        request = Request.lines(place, about(), verb, line.substring(verb.length()).strip());
      }
    }
  }

  private void setting(List<String> words, Place place) {
    if (words.size() != 2 || !steps.isEmpty()) {
      throw new TranscriptFailure(place, "'setting NAME VALUE' stands at the top, before all else");
    }
    settings.put(words.get(0), words.get(1));
  }

  private static Step.Asked asked(List<String> words, Place place) {
    if (words.size() != 2 || !words.get(0).matches("\\d{1,9}")) {
      throw new TranscriptFailure(place, "it reads: asked TIMES PATH");
    }
    return new Step.Asked(place, Long.parseLong(words.get(0)), words.get(1));
  }

  private void indented(String line, Place place) {
    Request current = request;
    if (current == null) {
      throw new TranscriptFailure(
          place, "an indented line belongs to a request, and none is above");
    }
    if (line.startsWith(">")) {
      current.headers.add(line.substring(1).strip());
    } else if (line.startsWith("|")) {
      current.body.add(line.substring(1).stripLeading());
    } else {
      current.expectations.addAll(Grammar.expectations(Word.split(line, place), place));
    }
  }

  private void finishRequest() {
    Request current = request;
    if (current == null) {
      return;
    }
    if (current.expectations.isEmpty()) {
      throw new TranscriptFailure(current.place, "a request without a single expectation");
    }
    steps.add(current.exchange());
    request = null;
  }

  private String about() {
    return String.join(" ", comment);
  }

  private static String only(List<String> words, Place place) {
    if (words.size() != 1) {
      throw new TranscriptFailure(place, "exactly one word is expected here");
    }
    return words.getFirst();
  }

  private static Instant instant(String text, Place place) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TranscriptFailure(place, "not an instant: " + text, e);
    }
  }

  /// A request while its indented lines are read.
  private static final class Request {
    private final Place place;
    private final String about;
    private final @Nullable String raw;
    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private final List<String> body = new ArrayList<>();
    private final List<Step.Expectation> expectations = new ArrayList<>();

    private Request(Place place, String about, @Nullable String raw, String method, String target) {
      this.place = place;
      this.about = about;
      this.raw = raw;
      this.method = method;
      this.target = target;
    }

    static Request raw(Place place, String about, String bytes) {
      return new Request(place, about, bytes, "", "");
    }

    static Request lines(Place place, String about, String method, String target) {
      return new Request(place, about, null, method, target);
    }

    Step.Exchange exchange() {
      Step.Sent sent =
          raw != null
              ? new Step.Sent.Raw(raw)
              : new Step.Sent.Lines(method, target, List.copyOf(headers), List.copyOf(body));
      return new Step.Exchange(place, about, sent, List.copyOf(expectations));
    }
  }
}
