package dev.wellhead.server.upstream;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the upstream is doing, for people.
///
/// @param state in a sentence
/// @param hosts the index's first
public record Health(String state, List<Host> hosts) {
  public Health {
    hosts = List.copyOf(hosts);
  }

  /// Whether a host is asked.
  public enum Circuit {
    /// It is.
    CLOSED,
    /// It failed too often and is not asked until `askedAgainAt`.
    OPEN,
    /// One question is under way that decides.
    HALF_OPEN
  }

  /// One host.
  ///
  /// @param origin such as `https://pypi.org`
  /// @param failure the sentence of the last failure, empty where there was none
  /// @param answered how many requests had a usable answer, since start
  /// @param failed how many had none, since start
  public record Host(
      String origin,
      Circuit circuit,
      @Nullable Instant askedAgainAt,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure,
      String failure,
      long answered,
      long failed) {}
}
