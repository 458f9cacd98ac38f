package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.OsvJson;
import dev.wellhead.core.osv.OsvRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one answer of what several feeds hold of one id.
///
/// The copy that was modified last counts: a record that its publisher has withdrawn must not go on
/// through a feed that is behind.
final class Holdings {
  private final Map<String, Copies> byId = new LinkedHashMap<>();

  /// What is held of one id.
  private static final class Copies {
    private Advisory latest;
    private byte[] json;
    private final List<String> feeds = new ArrayList<>();
    private @Nullable Instant vanished;
    private boolean isListed;

    Copies(Advisory advisory, byte[] json) {
      this.latest = advisory;
      this.json = json;
    }
  }

  /// A record and its form as JSON.
  static final class Copy {
    private final Held held;
    private final byte[] json;

    Copy(Held held, byte[] json) {
      this.held = held;
      this.json = json;
    }

    Held held() {
      return held;
    }

    Advisory advisory() {
      return held.advisory();
    }

    byte[] json() {
      return json;
    }
  }

  private Holdings() {}

  static List<Copy> of(List<AdvisoryRows.Row> rows) {
    Holdings holdings = new Holdings();
    rows.forEach(holdings::add);
    return holdings.byId.values().stream()
        .map(copies ->
            new Copy(
                new Held(copies.latest, copies.feeds, copies.isListed ? null : copies.vanished),
                copies.json))
        .toList();
  }

  private void add(AdvisoryRows.Row row) {
    byte[] json = row.body().json();
    Advisory advisory =
        switch (OsvJson.read(json)) {
          case OsvRead.Parsed(Advisory read) -> read;
          case OsvRead.Broken(String why) ->
              throw new IllegalStateException(
                  "a record of feed " + row.feed() + " could be read and cannot any more: " + why);
        };
    Copies copies = byId.get(advisory.id());
    if (copies == null) {
      copies = new Copies(advisory, json);
      byId.put(advisory.id(), copies);
      copies.feeds.add(row.feed());
    } else if (advisory.times().modified().isAfter(copies.latest.times().modified())) {
      copies.latest = advisory;
      copies.json = json;
      copies.feeds.addFirst(row.feed());
    } else {
      copies.feeds.add(row.feed());
    }
    copies.isListed |= row.vanished() == null;
    copies.vanished = row.vanished();
  }
}
