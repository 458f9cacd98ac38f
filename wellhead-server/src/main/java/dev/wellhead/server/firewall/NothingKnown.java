package dev.wellhead.server.firewall;

import dev.wellhead.core.lookalike.Resemblance;
import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import java.util.List;
import java.util.Optional;

/// What is known where no feed was ever loaded: nothing, which is not the same as nothing bad.
public final class NothingKnown implements Intelligence {
  private static final String WHY = "no feed of it was ever loaded";

  @Override
  public Fact<List<Told>> advisories(ProjectName project) {
    return new Fact.Unknown<>(WHY);
  }

  @Override
  public List<HandBlock> listed(ProjectName project, List<Sha256> files) {
    return List.of();
  }

  @Override
  public boolean isKnownExploited(Advisory advisory) {
    return false;
  }

  @Override
  public Fact<Integer> rank(ProjectName project) {
    return new Fact.Unknown<>(WHY);
  }

  @Override
  public Fact<Optional<Resemblance>> resemblance(ProjectName project) {
    return new Fact.Unknown<>(WHY);
  }
}
