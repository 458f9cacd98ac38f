package dev.wellhead.server.index;

import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The views by their names.
final class Views {
  /// The name of the one at `/simple/`.
  static final String DEFAULT = "default";

  private final SequencedMap<String, View> views;

  /// @param views the default one among them
  Views(SequencedMap<String, View> views) {
    this.views = views;
  }

  View standard() {
    return views.sequencedValues().getFirst();
  }

  Optional<View> of(String name) {
    return Optional.ofNullable(views.get(name));
  }

  Collection<View> all() {
    return views.sequencedValues();
  }

  Response unknown(String asked) {
    List<String> names = List.copyOf(views.sequencedKeySet());
    String shown = asked.length() > 60 ? asked.substring(0, 60) + "…" : asked;
    return new Problem(
            404,
            "No such view",
            "This index has no view " + shown + "; it has " + String.join(", ", names) + ".",
            Map.of("views", names))
        .toResponse("Wellhead: no such view, see /status");
  }
}
