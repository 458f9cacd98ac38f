package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedKind;
import dev.wellhead.server.feeds.FeedRefusedException;
import dev.wellhead.server.feeds.FeedState;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.feeds.Load;
import dev.wellhead.server.feeds.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wellhead feed`: advisories and lists of others.
@Command(
    name = "feed",
    description = "Loads advisories and lists of others, and tells how they are doing.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class,
    subcommands = {FeedGroup.LoadVerb.class, FeedGroup.ListVerb.class})
final class FeedGroup implements Runnable {
  private static final int SAMPLES_SHOWN = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: wellhead feed load, or wellhead feed list.");
  }

  /// `wellhead feed load NAME [FROM]`.
  @Command(
      name = "load",
      description = {
        "Loads a feed now: from where the settings say, or from a file, folder or URL.",
        "What is held and is no longer there stays, and is told of as vanished."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class LoadVerb extends AdminVerb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The feed's name.")
    private String name = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "FROM",
        description = "A file, folder or URL.")
    private @Nullable String from;

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description =
            "osv, pypa, kev, popular or blocklist, for a feed that the settings do not name.")
    private @Nullable String kind;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      return rooms.feeds(feeds -> {
        try {
          Load load =
              from == null ? feeds.load(name) : feeds.load(name, kind(), place(from, console));
          tell(load, console);
          return 0;
        } catch (FeedRefusedException e) {
          throw new RefusedException(
              "Feed %s was not loaded: %s What was held is still held."
                  .formatted(AdminConsole.plain(name), e.getMessage()));
        }
      });
    }

    private @Nullable FeedKind kind() throws RefusedException {
      return kind == null
          ? null
          : FeedKind.of(kind)
              .orElseThrow(() ->
                  new RefusedException(
                      "There is no such kind of feed: write osv, pypa, kev, popular or"
                          + " blocklist."));
    }

    private static String place(String from, AdminConsole console) throws RefusedException {
      if (FeedFetcher.isUrl(from)) {
        return from;
      }
      if (from.contains("://")) {
        throw new RefusedException("A feed's URL begins with http or https, and has no password.");
      }
      return console.directory().resolve(from).toString();
    }

    private static void tell(Load load, AdminConsole console) {
      console.out(
          "Feed %s: %d read, %d new, %d changed (%d withdrawn), %d vanished, %d broken; %d held."
              .formatted(
                  load.feed(),
                  load.read(),
                  load.added(),
                  load.changed(),
                  load.withdrawn(),
                  load.vanished(),
                  load.broken(),
                  load.held()));
      if (load.broken() > 0) {
        console.err("`wellhead feed list` shows what could not be read, and why.");
      }
    }
  }

  /// `wellhead feed list`.
  @Command(
      name = "list",
      description = "Lists every feed: where from, how many records, how current.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class ListVerb extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      List<FeedState> states = rooms.feeds(Feeds::states);
      states.forEach(state -> tell(state, console));
      if (states.isEmpty()) {
        console.out(
            "No feed is configured: nothing is known of malware and vulnerabilities. See"
                + " docs/feeds.md.");
      }
      return 0;
    }

    private static void tell(FeedState state, AdminConsole console) {
      console.out(
          "%s (%s) %s: %d records%s%s, from %s"
              .formatted(
                  state.name(),
                  state.kind().word(),
                  words(state),
                  state.count(),
                  state.vanished() == 0 ? "" : ", " + state.vanished() + " vanished",
                  state.broken() == 0 ? "" : ", " + state.broken() + " broken",
                  state.source().isEmpty() ? "nowhere yet" : state.source()));
      if (!state.trouble().isEmpty()) {
        console.out("  the last try failed: " + state.trouble());
      }
      state.samples().stream()
          .limit(SAMPLES_SHOWN)
          .forEach(broken -> console.out("  broken: " + broken.place() + ": " + broken.why()));
    }

    private static String words(FeedState state) {
      return switch (state.standing()) {
        case Standing.NotConfigured() -> "NOT CONFIGURED (never loaded)";
        case Standing.Current() -> "current, confirmed " + at(state.confirmedAt());
        case Standing.Quiet(Instant since) ->
            "QUIET since " + at(since) + ", confirmed " + at(state.confirmedAt());
      };
    }

    private static String at(@Nullable Instant instant) {
      return instant == null ? "never" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }
}
