package dev.wellhead.server.upstream;

import java.net.URI;
import java.util.Map;

/// One question: a GET.
record Ask(URI url, Purpose purpose, Map<String, String> headers) {
  Ask {
    headers = Map.copyOf(headers);
  }

  /// What for; decides about time limits and connections.
  enum Purpose {
    PAGE,
    NAMES,
    FILE,
    RANGE
  }
}
