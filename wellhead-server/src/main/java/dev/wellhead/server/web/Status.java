package dev.wellhead.server.web;

import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.Event;
import dev.wellhead.server.fetches.FetchTotals;
import dev.wellhead.server.fetches.FetchedFile;
import dev.wellhead.server.index.CacheBudget;
import dev.wellhead.server.index.RefusedPage;
import dev.wellhead.server.upstream.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the server stands, for the status page and its JSON.
public record Status(
    String version,
    Instant now,
    Instant since,
    String index,
    String database,
    Health upstream,
    @Nullable RefusedPage refused,
    Here here,
    FetchTotals fetched,
    List<FetchedFile> mostFetched,
    List<Event> events) {

  /// What is here.
  ///
  /// @param leaves of the ledger
  /// @param keptQuestions about names of our own that another index would have heard
  /// @param budget null where there is none
  public record Here(
      Catalog.Counts held,
      long leaves,
      long keptQuestions,
      CacheBudget.@Nullable Standing budget) {}

  /// Whether every host of the upstream is asked as usual.
  public boolean isWell() {
    return upstream.hosts().stream().allMatch(host -> host.circuit() == Health.Circuit.CLOSED);
  }

  /// For how long the server has been up, in the largest unit that fits.
  public String uptime() {
    Duration up = Duration.between(since, now);
    if (up.toHours() >= 48) {
      return up.toDays() + " days";
    }
    return up.toMinutes() >= 120 ? up.toHours() + " hours" : up.toMinutes() + " minutes";
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", isWell() ? "well" : "upstream failing");
    json.put("version", version);
    json.put("since", since.toString());
    json.put("uptime", uptime());
    json.put("upstream", upstreamJson());
    json.put("held", heldJson());
    json.put("fetched", fetchedJson());
    return json;
  }

  private Map<String, Object> heldJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("projects", here.held().projects());
    json.put("files", here.held().files());
    json.put("ledger-leaves", here.leaves());
    json.put("kept-questions", here.keptQuestions());
    CacheBudget.Standing budget = here.budget();
    if (budget != null) {
      json.put("cache-bytes", budget.used());
      json.put("cache-budget-bytes", budget.most());
    }
    return json;
  }

  private Map<String, Object> fetchedJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fetches", fetched.fetches());
    json.put("bytes", fetched.bytes());
    json.put("files", fetched.files());
    json.put("clients", fetched.clients());
    return json;
  }

  private Map<String, Object> upstreamJson() {
    List<Map<String, Object>> hosts = new ArrayList<>();
    for (Health.Host host : upstream.hosts()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("origin", host.origin());
      one.put("circuit", host.circuit().name().toLowerCase(Locale.ROOT));
      one.put("answered", host.answered());
      one.put("failed", host.failed());
      one.put("last-success", text(host.lastSuccess()));
      one.put("last-failure", text(host.lastFailure()));
      one.put("failure", host.failure());
      hosts.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", index);
    json.put("state", upstream.state());
    json.put("hosts", hosts);
    if (refused != null) {
      json.put("last-refused-page", refused.project());
      json.put("last-refused-at", refused.at().toString());
      json.put("last-refused-why", refused.why());
    }
    return json;
  }

  /// An instant for people, or a dash.
  public static String text(@Nullable Instant at) {
    return at == null ? "-" : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
