package dev.wellhead.core.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text of the operator's with places for what was found, as in `{why} Ask in #packages.`.
record Template(String text) {
  static final Template OWN = new Template("");

  /// What may stand in braces.
  static final List<String> PLACES =
      List.of("why", "fix", "project", "version", "file", "view", "until", "evidence");

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

  /// The names in braces that stand for nothing.
  List<String> unknownPlaces() {
    return PLACE
        .matcher(text)
        .results()
        .map(hit -> hit.group(1))
        .filter(name -> !PLACES.contains(name))
        .toList();
  }

  /// The text with all places filled; `own`, the rule's, where the operator has written none.
  String fill(String own, Answer answer, Subject subject) {
    if (text.isEmpty()) {
      return own;
    }
    return PLACE
        .matcher(text)
        .replaceAll(hit -> Matcher.quoteReplacement(value(hit.group(1), answer, subject)));
  }

  private static String value(String place, Answer answer, Subject subject) {
    return switch (place) {
      case "why" -> answer.sentence();
      case "fix" -> answer.fix();
      case "project" -> subject.project().normalized();
      case "version" -> subject.version() == null ? "" : subject.version().toString();
      case "file" -> subject.filename();
      case "view" -> subject.view();
      case "until" ->
          answer.outcome() instanceof Outcome.Hold(HoldEnd.Until(var at))
              ? at.toString()
              : "somebody decides";
      case "evidence" -> String.join("; ", answer.evidence());
      default -> "{" + place + "}";
    };
  }
}
