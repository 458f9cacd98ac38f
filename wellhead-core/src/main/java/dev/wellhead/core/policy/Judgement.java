package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The verdict on a file, with all that was found.
///
/// @param findings of every rule that does not pass, enforced ones first, the most severe first
/// @param validUntil the first instant at which the same facts may lead to something else;
///   [#FOREVER] where only new facts can
/// @param awaitsArrival whether nothing but the file's bytes is missing: the page lists the file as
///   it is, and the gate decides when the bytes have come. The verdict is `CannotTell` then, so
///   that whoever overlooks this serves nothing
public record Judgement(
    Verdict verdict, List<Finding> findings, Instant validUntil, boolean awaitsArrival) {

  /// Stands for an end that never comes; far within what databases keep.
  public static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

  public Judgement {
    findings = List.copyOf(findings);
  }

  /// The finding that is told where there is room for one: the most severe of those that act.
  public Optional<Finding> headline() {
    return findings.stream().filter(finding -> finding.mode() != Mode.OBSERVE).findFirst();
  }
}
