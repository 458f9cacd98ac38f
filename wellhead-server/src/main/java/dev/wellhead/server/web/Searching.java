package dev.wellhead.server.web;

import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.index.FoundName;
import dev.wellhead.server.index.FoundNames;
import dev.wellhead.server.index.IndexDoor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The search over the names of all projects: as a page, as what changes of it while somebody
/// types, and as JSON for tools.
final class Searching {
  /// More than these nobody reads; another letter helps more.
  private static final int MOST = 20;

  private final IndexDoor index;
  private final Pages pages;
  private final JsonMapper json;

  Searching(IndexDoor index, Pages pages, JsonMapper json, MeterRegistry metrics) {
    this.index = index;
    Gauge.builder("wellhead.search.names", index, IndexDoor::searchedBytes)
        .baseUnit("bytes")
        .description("What the names that are searched take in memory; 0 before the first search")
        .register(metrics);
    this.pages = pages;
    this.json = json;
  }

  Response page(Request request) throws Exception {
    String typed = typed(request);
    SearchPage found = new SearchPage(pages.shell(request), typed, index.search(typed, MOST));
    boolean whileTyping = request.header("HX-Request").isPresent();
    return pages
        .page(request, whileTyping ? "found.jte" : "search.jte", found)
        .with("Vary", "HX-Request");
  }

  Response json(Request request) throws Exception {
    String typed = typed(request);
    FoundNames found = index.search(typed, MOST);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("q", typed);
    answer.put("projects", found.found().stream().map(Searching::project).toList());
    answer.put("searched", Map.of("held", found.held(), "listed", found.listed()));
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", json.writeValueAsBytes(answer));
  }

  private static Map<String, Object> project(FoundName found) {
    Map<String, Object> project = new LinkedHashMap<>();
    project.put("name", found.name());
    project.put("fit", found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    project.put("origin", found.origin().name().toLowerCase(Locale.ROOT));
    project.put("gone", found.gone());
    return project;
  }

  private static String typed(Request request) {
    return request.query("q").orElse("");
  }
}
