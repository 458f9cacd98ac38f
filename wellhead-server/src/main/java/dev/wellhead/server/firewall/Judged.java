package dev.wellhead.server.firewall;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Coverage;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.FactKeys;
import dev.wellhead.core.policy.Facts;
import dev.wellhead.core.policy.Finding;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Match;
import dev.wellhead.core.policy.UpstreamState;
import dev.wellhead.core.policy.Verdict;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file's facts and what was decided by them.
record Judged(Facts facts, Judgement judgement) {
  /// Why the project of these files is bad as a whole: all of them are blocked, and what is said is
  /// said of the project and not of its releases. Null where that is not so.
  static @Nullable String whole(Collection<Judged> files) {
    String why = null;
    for (Judged file : files) {
      if (!(file.judgement.verdict() instanceof Verdict.Block) || !file.isAboutProject()) {
        return null;
      }
      why = why == null ? file.judgement.headline().map(Finding::sentence).orElse("") : why;
    }
    return why;
  }

  private boolean isAboutProject() {
    String name = facts.subject().project().normalized();
    boolean blocked =
        facts.of(FactKeys.BLOCKS) instanceof Fact.Known<List<HandBlock>>(List<HandBlock> blocks)
            && blocks.stream().anyMatch(block -> block.pattern().equals(name));
    boolean malware =
        facts.of(FactKeys.ADVISORIES) instanceof Fact.Known<List<Match>>(List<Match> matches)
            && matches.stream().anyMatch(Judged::isWholeMalware);
    boolean gone =
        facts.of(FactKeys.UPSTREAM_STATE) instanceof Fact.Known<UpstreamState>(UpstreamState state)
            && (state instanceof UpstreamState.ProjectRemoved
                || state instanceof UpstreamState.ProjectQuarantined);
    return blocked || malware || gone;
  }

  private static boolean isWholeMalware(Match match) {
    return match.advisory().kind() == Advisory.Kind.MALWARE
        && match.coverage() instanceof Coverage.ByRange(boolean wholeProject)
        && wholeProject;
  }
}
