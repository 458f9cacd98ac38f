package dev.wellhead.server.firewall;

import dev.wellhead.core.lookalike.Resemblance;
import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.DatabaseFault;
import java.util.List;
import java.util.Optional;

/// What others say, as the house holds it. What was never loaded is unknown, not empty.
public interface Intelligence {
  /// The advisories that speak of a project, none that was withdrawn.
  Fact<List<Told>> advisories(ProjectName project) throws DatabaseFault;

  /// Whether a list of exploited vulnerabilities names it or one of its aliases.
  boolean isKnownExploited(Advisory advisory);

  /// The project's place among the popular ones, 0 where it is none of them.
  Fact<Integer> rank(ProjectName project) throws DatabaseFault;

  /// The popular project that this one could be taken for.
  Fact<Optional<Resemblance>> resemblance(ProjectName project) throws DatabaseFault;

  /// What block lists say of a project and of these files.
  List<HandBlock> listed(ProjectName project, List<Sha256> files) throws DatabaseFault;
}
