package dev.wellhead.server.firewall;

import dev.wellhead.core.lookalike.PopularNames;
import dev.wellhead.core.lookalike.Resemblance;
import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedKind;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.feeds.Held;
import dev.wellhead.server.feeds.ListedBlock;
import dev.wellhead.server.feeds.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What others say, out of the feeds. A feed that is quiet beyond its grace is not known: what it
/// would say today, nobody has heard.
public final class FeedIntelligence implements Intelligence {
  private static final String NEVER = "no feed of it was ever loaded";

  private final Feeds feeds;
  private volatile Popular popular = new Popular(Map.of(), PopularNames.of(List.of()));

  /// @param ranks what the index was made of: another map is another list
  private record Popular(Map<String, Integer> ranks, PopularNames names) {}

  public FeedIntelligence(Feeds feeds) {
    this.feeds = feeds;
  }

  @Override
  public Fact<List<Told>> advisories(ProjectName project) throws DatabaseFault {
    Standing osv = feeds.standing(FeedKind.OSV);
    Standing standing = osv instanceof Standing.NotConfigured ? feeds.standing(FeedKind.PYPA) : osv;
    return switch (standing) {
      case Standing.NotConfigured() -> new Fact.Unknown<>(NEVER);
      case Standing.Quiet(Instant since) ->
          new Fact.Unknown<>(
              "the feed of advisories has been quiet beyond its grace since " + since);
      case Standing.Current() -> {
        List<Told> told = new ArrayList<>();
        for (Held held : feeds.advisories(project)) {
          told.add(new Told(held.advisory(), held.feeds().getFirst()));
        }
        yield new Fact.Known<>(List.copyOf(told));
      }
    };
  }

  @Override
  public List<HandBlock> listed(ProjectName project, List<Sha256> files) throws DatabaseFault {
    List<ListedBlock> listed = new ArrayList<>(feeds.blocks(project));
    listed.addAll(feeds.blocks(files));
    return listed.stream()
        .map(block ->
            new HandBlock(
                block.subject(), block.reason(), "block list " + block.feed(), block.since()))
        .toList();
  }

  @Override
  public boolean isKnownExploited(Advisory advisory) {
    return feeds.isKnownExploited(advisory);
  }

  @Override
  public Fact<Integer> rank(ProjectName project) throws DatabaseFault {
    return hasPopular()
        ? new Fact.Known<>(feeds.rank(project).orElse(0))
        : new Fact.Unknown<>(NEVER);
  }

  @Override
  public Fact<Optional<Resemblance>> resemblance(ProjectName project) throws DatabaseFault {
    return hasPopular()
        ? new Fact.Known<>(names().resemblance(project))
        : new Fact.Unknown<>(NEVER);
  }

  /// A list that is not renewed for long says as much of who is popular as before.
  private boolean hasPopular() throws DatabaseFault {
    return !(feeds.standing(FeedKind.POPULAR) instanceof Standing.NotConfigured);
  }

  @SuppressWarnings("ReferenceEquality") // to compare 15,000 names each time costs more than a look
  private PopularNames names() {
    Map<String, Integer> ranks = feeds.ranks();
    Popular known = popular;
    if (known.ranks() != ranks) {
      known =
          new Popular(
              ranks,
              PopularNames.of(
                  ranks.entrySet().stream()
                      .sorted(Comparator.comparing(Map.Entry::getValue))
                      .flatMap(entry -> ProjectName.of(entry.getKey()).stream())
                      .toList()));
      popular = known;
    }
    return known.names();
  }
}
