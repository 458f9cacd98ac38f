package dev.wellhead.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The facts of a file that nobody could object to: a wheel of a well-known project, old, wanted,
/// and complained about by nobody. The tests of a policy start from it.
final class Harmless {
  private static final Duration OLD = Duration.ofDays(3 * 365);

  private Harmless() {}

  static Facts.Builder about(Subject subject, Instant now) {
    return Facts.about(subject)
        .known(FactKeys.UPLOAD_TIME, now.minus(OLD))
        .known(FactKeys.ADOPTED, false)
        .known(FactKeys.LEARNING, new Learning.Over())
        .known(FactKeys.IN_USE, true)
        .known(FactKeys.POPULARITY, 100)
        .known(FactKeys.ADVISORIES, List.of())
        .known(FactKeys.FIXES, List.of())
        .known(FactKeys.PUBLISHER_KEPT, true)
        .known(FactKeys.BLOCKS, List.of())
        .known(FactKeys.UPSTREAM_STATE, new UpstreamState.Listed())
        .known(FactKeys.CHANGED_HASH, new HashHistory.Same())
        .known(FactKeys.RESERVED, new Reservation.Free())
        .known(FactKeys.LOOKALIKE, new Likeness.Unlike())
        .known(FactKeys.PROVENANCE, new Provenance.Kept())
        .known(FactKeys.SDIST_ONLY, false)
        .known(FactKeys.PYTHON_TAGS, Set.of("py3"))
        .known(FactKeys.SIZE, 20_000L)
        .known(FactKeys.YANKED, false)
        .known(FactKeys.LICENCE, "MIT")
        .known(FactKeys.NATIVE_CODE_NEW, false);
  }
}
