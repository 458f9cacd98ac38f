package dev.wellhead.testkit.transcript;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Holds expectations against one answer; what is wrong is a sentence, and nothing is `null`.
final class Checks {
  private final Reply reply;
  private final @Nullable Reply last;
  private final Memory memory;
  private final String target;

  Checks(Reply reply, @Nullable Reply last, Memory memory, String target) {
    this.reply = reply;
    this.last = last;
    this.memory = memory;
    this.target = target;
  }

  @Nullable String wrong(Step.Expectation expectation) {
    List<String> words =
        expectation.words().stream().map(word -> filled(expectation, word.text())).toList();
    try {
      return switch (expectation.verb()) {
        case "save" -> save(words);
        case "file" -> file(words);
        case "json" -> json(words.get(0), words.get(1), expectation.words().get(1).quoted());
        default -> simple(expectation.verb(), words);
      };
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return expectation.verb() + ": " + e.getMessage();
    }
  }

  private String filled(Step.Expectation expectation, String text) {
    // The name that `save` binds is no reference to something saved before.
    return expectation.verb().equals("save") && text.startsWith("$") && text.matches("\\$[a-z]+")
        ? text
        : memory.fill(text, expectation.place());
  }

  private @Nullable String simple(String verb, List<String> words) {
    String first = words.isEmpty() ? "" : words.get(0);
    return switch (verb) {
      case "status" -> status(first);
      case "reason" -> differs("the reason phrase", first, reply.reason());
      case "type" -> differs("Content-Type", first, header("Content-Type"));
      case "header" -> differs(first, words.get(1), header(first));
      case "header-has" -> contains(first, header(first), words.get(1));
      case "header-lacks" -> lacks(first, header(first), words.get(1));
      case "has-header" -> reply.header(first).isPresent() ? null : "there is no header " + first;
      case "no-header" -> differs(first, "(no such header)", header(first));
      case "has" -> contains("the body", reply.text(), first);
      case "lacks" -> lacks("the body", reply.text(), first);
      case "empty" -> differs("the length", "0", Integer.toString(reply.length()));
      case "length" -> differs("the length", first, Integer.toString(reply.length()));
      case "length-under" ->
          reply.length() < Integer.parseInt(first) ? null : "the length is " + reply.length();
      case "sha256" -> differs("the SHA-256", first, reply.sha256());
      case "same-as" -> reply.bytes().equals(first) ? null : "the body differs from the saved one";
      case "same-as-last" ->
          last != null && reply.sameBody(last) ? null : "the body differs from the last answer's";
      default -> page(verb, words);
    };
  }

  private @Nullable String page(String verb, List<String> words) {
    return switch (verb) {
      case "no-file" ->
          Listing.of(reply).file(words.get(0)).isEmpty() ? null : words.get(0) + " is listed";
      case "files" ->
          differs(
              "the number of files",
              words.get(0),
              Integer.toString(Listing.of(reply).files().size()));
      case "json-has" -> contains(words.get(0), text(words.get(0)), words.get(1));
      case "json-length" -> differs("the length", words.get(1), size(words.get(0)));
      case "no-json" -> differs(words.get(0), "(nothing there)", text(words.get(0)));
      default -> throw new IllegalStateException("a verb of the grammar is not checked: " + verb);
    };
  }

  private @Nullable String json(String path, String expected, boolean quoted) {
    Optional<JsonNode> found = JsonPath.find(reply.text(), path);
    if (found.isEmpty()) {
      return path + " is not there";
    }
    JsonNode wanted = quoted ? JsonPath.parse(quote(expected)) : JsonPath.parse(expected);
    return found.get().equals(wanted)
        ? null
        : path + " is " + found.get() + ", expected was " + wanted;
  }

  private static String quote(String text) {
    return tools.jackson.databind.node.StringNode.valueOf(text).toString();
  }

  private @Nullable String file(List<String> words) {
    String name = words.get(0);
    Optional<Listing.Entry> entry = Listing.of(reply).file(name);
    if (entry.isEmpty()) {
      return name + " is not listed";
    }
    Map<String, String> about = entry.get().about();
    for (int i = 1; i < words.size(); i++) {
      String attribute = words.get(i);
      @Nullable String wrong =
          switch (attribute) {
            case "not-yanked" ->
                differs("yanked", "(nothing)", about.getOrDefault("yanked", "(nothing)"));
            case "first-seen" ->
                about.containsKey(attribute) ? null : "no mark that the time is the index's own";
            default -> {
              i++;
              yield differs(attribute, words.get(i), about.getOrDefault(attribute, "(nothing)"));
            }
          };
      if (wrong != null) {
        return name + ": " + wrong;
      }
    }
    return null;
  }

  private @Nullable String save(List<String> words) {
    String name = words.getLast();
    Optional<String> value =
        switch (words.get(0)) {
          case "etag" -> reply.header("ETag");
          case "header" -> reply.header(words.get(1));
          case "body" -> Optional.of(reply.bytes());
          case "sha256" -> Optional.of(reply.sha256());
          case "length" -> Optional.of(Integer.toString(reply.length()));
          case "json" -> JsonPath.find(reply.text(), words.get(1)).map(node -> node.asString(""));
          case "url" ->
              Listing.of(reply)
                  .file(words.get(1))
                  .map(file -> file.about().get("url"))
                  .map(this::path);
          default ->
              throw new IllegalStateException("a kind of the grammar is not saved: " + words);
        };
    value.ifPresent(found -> memory.save(name, found));
    return value.isPresent() ? null : "nothing there to save: " + words;
  }

  /// A link as a client follows it, as the path to ask for; one that leads away is an error.
  private String path(String url) {
    URI here = URI.create("http://here.invalid" + target);
    URI there = here.resolve(url);
    if (!"here.invalid".equals(there.getHost())) {
      throw new IllegalArgumentException("the link leads to another host: " + url);
    }
    return there.getRawPath();
  }

  /// A status as a number, or its class as `4xx`.
  private @Nullable String status(String expected) {
    String found = Integer.toString(reply.status());
    String compared = expected.endsWith("xx") ? found.charAt(0) + "xx" : found;
    return compared.equals(expected) ? null : differs("the status", expected, found);
  }

  private String header(String name) {
    return reply.header(name).orElse("(no such header)");
  }

  private String text(String path) {
    return JsonPath.find(reply.text(), path)
        .map(node -> node.asString(node.toString()))
        .orElse("(nothing there)");
  }

  private String size(String path) {
    return JsonPath.find(reply.text(), path)
        .map(node -> Integer.toString(node.size()))
        .orElse("(nothing there)");
  }

  private static @Nullable String differs(String what, String expected, String found) {
    return expected.equals(found)
        ? null
        : what + " is '" + found + "', expected was '" + expected + "'";
  }

  private static @Nullable String contains(String what, String text, String part) {
    return text.contains(part) ? null : what + " does not contain '" + part + "'";
  }

  private static @Nullable String lacks(String what, String text, String part) {
    return text.contains(part) ? what + " contains '" + part + "'" : null;
  }
}
