package dev.wellhead.server.boot;

import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.index.Reservations;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs that reserve names for this index.
final class ReserveVerbs {
  private ReserveVerbs() {}

  /// `wellhead reserve PATTERN`.
  @Command(
      name = "reserve",
      description = {
        "Keeps names for this index alone: no other index is asked for them, and nothing of theirs"
            + " is served, from now on.",
        "Shows first which projects in use it would shadow, and then wants --yes."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Reserve extends AdminVerb {
    @Parameters(
        paramLabel = "PATTERN",
        description = "A project's name, or the beginning of some: 'acme-*'.")
    private String pattern = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "What people read who ask for such a name.")
    private String reason = "";

    @Option(names = "--dry-run", description = "Only shows what would be shadowed.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Reserves even where projects in use are shadowed.")
    private boolean yes;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      Reservations reservations = reservations(rooms);
      Reservations.Wish.Fits wish =
          switch (reservations.wish(pattern, reason)) {
            case Reservations.Wish.Fits fits -> fits;
            case Reservations.Wish.NoPattern(String typed) -> throw noPattern(typed);
            case Reservations.Wish.LongReason(int most) ->
                throw new RefusedException("The reason is longer than " + most + " characters.");
          };
      ReservedPattern wanted = wish.pattern();
      List<Reserved.Used> shadowed = wish.shadowed();
      if (!shadowed.isEmpty()) {
        console.out(
            "%s would shadow %d projects of other indexes that are in use here:"
                .formatted(wanted, shadowed.size()));
        shadowed.stream()
            .limit(Reservations.MOST_SHOWN)
            .forEach(used ->
                console.out(
                    "  %s of %s, in use since %s"
                        .formatted(used.project(), used.source(), used.firstSeen())));
        if (shadowed.size() > Reservations.MOST_SHOWN) {
          console.out("  and " + (shadowed.size() - Reservations.MOST_SHOWN) + " more.");
        }
      }
      if (dryRun) {
        console.out("Nothing was reserved: --dry-run.");
        return 0;
      }
      if (!shadowed.isEmpty() && !yes) {
        throw new RefusedException(
            "Nothing was reserved. Say --yes where these are to be shadowed, or take a longer"
                + " beginning.");
      }
      reservations.reserve(wish);
      console.out("Reserved " + wanted + ": no other index is asked for it from now on.");
      return 0;
    }
  }

  /// `wellhead unreserve PATTERN`.
  @Command(
      name = "unreserve",
      description = "Takes a reservation back: other indexes are asked for these names again.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Unreserve extends AdminVerb {
    @Parameters(paramLabel = "PATTERN", description = "As it was reserved.")
    private String pattern = "";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      ReservedPattern wanted = pattern(pattern);
      if (!reservations(rooms).unreserve(wanted)) {
        throw new RefusedException(
            "There is no reservation " + wanted + ": `wellhead reserved` lists them.");
      }
      console.out("No longer reserved: " + wanted + ".");
      return 0;
    }
  }

  /// `wellhead reserved`.
  @Command(
      name = "reserved",
      description = "Lists what is reserved for this index.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class ListReserved extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws DatabaseFault {
      List<Reservation> all = reservations(rooms).all();
      for (Reservation each : all) {
        console.out(
            "%s since %s%s"
                .formatted(
                    each.pattern(),
                    each.since(),
                    each.reason().isEmpty() ? "" : ": " + each.reason()));
      }
      if (all.isEmpty()) {
        console.out("Nothing is reserved; hosted projects' names are, by being hosted.");
      }
      return 0;
    }
  }

  private static ReservedPattern pattern(String text) throws RefusedException {
    return ReservedPattern.of(text).orElseThrow(() -> noPattern(text));
  }

  private static RefusedException noPattern(String text) {
    return new RefusedException(
        AdminConsole.plain(text)
            + " is no project's name, and no beginning of one with * behind it, such as 'acme-*'.");
  }

  /// Those of the running server, so that its door heeds the change at once.
  private static Reservations reservations(AdminRooms rooms) {
    AdminRooms.Running running = rooms.running();
    return running == null
        ? new Reservations(rooms.database(), rooms.entropy().clock())
        : running.index().reservations();
  }
}
