package dev.wellhead.server.web;

import dev.wellhead.server.index.SourceSummary;
import dev.wellhead.server.index.ViewSummary;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// Which view asks which sources in which order, and how those do.
public record SourcesPage(
    Shell shell, Instant now, URI publicUrl, List<ViewSummary> views, List<SourceSummary> sources) {
  public SourcesPage {
    views = List.copyOf(views);
    sources = List.copyOf(sources);
  }

  public Words words() {
    return shell.words();
  }

  /// Where clients find the view.
  public String address(ViewSummary view) {
    return publicUrl + (view.name().equals("default") ? "" : view.name() + "/") + "simple/";
  }
}
