package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;

/// One question about a file, with its settings.
///
/// A fact that is missing never makes an answer milder: where it stands between `Pass` and
/// something else, the answer is `CannotTell`, and where it would be an exemption, there is none.
sealed interface Rule
    permits ChangedHash,
        Condition,
        Cooldown,
        FileKind,
        HandBlocks,
        KnownMalware,
        Licence,
        LookalikeName,
        NameConfusion,
        PythonTag,
        SizeLimit,
        Trust,
        UpstreamRemoval,
        Vulnerability {

  /// The one question that it asks.
  String question();

  /// The facts that its answer may depend on.
  List<FactKey<?>> needs();

  Answer check(Facts facts, Instant now);

  /// What the operator lets a rule do to a file that it objects to.
  enum Act {
    WARN,
    HOLD,
    BLOCK,
    HIDE;

    Outcome outcome() {
      return switch (this) {
        case WARN -> new Outcome.Warn();
        case HOLD -> new Outcome.Hold(new HoldEnd.Decided());
        case BLOCK -> new Outcome.Block();
        case HIDE -> new Outcome.Hide();
      };
    }
  }
}
