package dev.wellhead.core.policy;

import dev.wellhead.core.policy.Problem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Gathers what is wrong with a policy's text, each with the place of its key.
final class Complaints {
  private final Map<String, String> places;
  private final List<Problem> problems = new ArrayList<>();

  Complaints(Map<String, String> places) {
    this.places = places;
  }

  void error(String path, String sentence) {
    add(Kind.ERROR, path, sentence);
  }

  void warning(String path, String sentence) {
    add(Kind.WARNING, path, sentence);
  }

  private void add(Kind kind, String path, String sentence) {
    String[] place = place(path).split(":", 2);
    problems.add(
        new Problem(kind, Integer.parseInt(place[0]), Integer.parseInt(place[1]), sentence));
  }

  int line(String path) {
    return Integer.parseInt(place(path).split(":", 2)[0]);
  }

  /// The place of the path, or of the table that it stands in.
  private String place(String path) {
    String rest = path;
    while (true) {
      String place = places.get(rest);
      if (place != null) {
        return place;
      }
      int end = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['));
      if (end < 0) {
        return "1:1";
      }
      rest = rest.substring(0, end);
    }
  }

  boolean hasErrors() {
    return problems.stream().anyMatch(problem -> problem.kind() == Kind.ERROR);
  }

  /// In the order of the text.
  List<Problem> all() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().limit(300).forEach(c -> out.append(c >= ' ' && c < 127 ? (char) c : '?'));
    return out.toString();
  }
}
