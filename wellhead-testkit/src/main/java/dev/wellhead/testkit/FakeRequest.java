package dev.wellhead.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request as it reached the [FakeIndex].
///
/// @param authority host and port that the client meant, from the request line or `Host`
/// @param path the raw path with its query
/// @param headers names in lower case, values in order
public record FakeRequest(
    String method, String authority, String path, Map<String, List<String>> headers) {
  public FakeRequest {
    headers = Map.copyOf(headers);
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
