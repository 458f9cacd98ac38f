package dev.wellhead.core.policy;

/// What became of the provenance that earlier releases of the same line had.
///
/// A source that never gives provenance is [Fact.Unknown], which is not the same as lost.
public sealed interface Provenance {
  /// No release of the line had any, this one included.
  record NeverGiven() implements Provenance {}

  /// The file has it, from the publisher of before or as the first of its line.
  record Kept() implements Provenance {}

  /// The release `earlier` had it, and this one has none.
  record Lost(String earlier) implements Provenance {}

  /// Both have it, from different publishers.
  record PublisherChanged(String from, String to) implements Provenance {}
}
