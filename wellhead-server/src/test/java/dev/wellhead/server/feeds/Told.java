package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Remembers what a listener was told.
final class Told implements FeedListener {
  private final List<String> told = new ArrayList<>();

  @Override
  public synchronized void touched(Set<ProjectName> projects) {
    Set<String> names = new TreeSet<>();
    projects.forEach(project -> names.add(project.normalized()));
    told.add(String.join(" ", names));
  }

  @Override
  public synchronized void touchedAll() {
    told.add("all");
  }

  /// What was told since the last question.
  synchronized List<String> news() {
    List<String> news = List.copyOf(told);
    told.clear();
    return news;
  }
}
