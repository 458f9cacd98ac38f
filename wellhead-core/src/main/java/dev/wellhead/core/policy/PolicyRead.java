package dev.wellhead.core.policy;

import java.util.List;

/// What came of reading a policy.
public sealed interface PolicyRead {
  /// It can be used; warnings may still be worth a look.
  record Good(Policy policy, List<Problem> warnings) implements PolicyRead {
    public Good {
      warnings = List.copyOf(warnings);
    }
  }

  /// It cannot: every error there is, in the order of the text.
  record Bad(List<Problem> problems) implements PolicyRead {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
