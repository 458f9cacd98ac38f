package dev.wellhead.core.policy;

import java.time.Instant;

/// Whether the upstream still offers what is held here.
public sealed interface UpstreamState {
  /// It does.
  record Listed() implements UpstreamState {}

  /// It has taken the file down, or the release with it.
  record FileRemoved(Instant since) implements UpstreamState {}

  /// It has taken the whole project down.
  record ProjectRemoved(Instant since) implements UpstreamState {}

  /// It has put the project under quarantine (PEP 792); the reason may be empty.
  record ProjectQuarantined(String reason) implements UpstreamState {}
}
