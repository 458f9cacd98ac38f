package dev.wellhead.server.firewall;

import dev.wellhead.core.lookalike.Resemblance;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.policy.Learning;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was found out about a project as a whole; [FileFacts] makes facts of each file out of it.
///
/// @param others what others say
/// @param own what this house knows itself
/// @param arrived what the bytes told of files that were here
record Gathered(Case of, Others others, Own own, Map<Sha256, Arrived> arrived) {
  record Others(
      Fact<List<Told>> advisories,
      Set<String> exploited,
      Fact<Integer> rank,
      Fact<Optional<Resemblance>> resemblance) {}

  /// @param used versions of the project that were fetched here
  /// @param released digests whose hold was lifted by hand
  record Own(
      List<HandBlock> blocks,
      Set<Sha256> adopted,
      Set<Sha256> released,
      Set<Version> used,
      boolean inUse,
      Learning learning) {}
}
