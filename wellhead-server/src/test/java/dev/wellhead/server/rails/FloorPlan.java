package dev.wellhead.server.rails;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rooms of the server, floor by floor, and what each may know.
///
/// A new room is entered here, in ARCHITECTURE.md and nowhere else.
final class FloorPlan {
  /// From the top down. A room may know every room of the floors below its own.
  static final List<Set<String>> FLOORS =
      List.of(
          Set.of("boot"),
          Set.of("web"),
          Set.of("index", "release", "brand", "impact", "backup"),
          Set.of("firewall", "inspection"),
          Set.of("catalog", "identity", "ledger", "upstream", "fetches", "feeds", "notify"),
          Set.of("http", "db", "blob", "jobs"));

  /// Arrows between rooms of one floor.
  private static final Map<String, Set<String>> SIDEWAYS = Map.of("firewall", Set.of("inspection"));

  /// Rooms of the core, and which others of the core they may know.
  private static final Map<String, Set<String>> CORE =
      Map.of(
          "pypi", Set.of(),
          "tlog", Set.of(),
          "toml", Set.of(),
          "lookalike", Set.of("pypi"),
          "osv", Set.of("pypi"),
          "archive", Set.of("pypi"),
          "scan", Set.of("archive", "pypi"),
          "attest", Set.of("tlog", "archive", "pypi"),
          "phish", Set.of("lookalike"),
          "policy",
              Set.of("attest", "tlog", "scan", "archive", "pypi", "lookalike", "osv", "toml"));

  private FloorPlan() {}

  /// Why a class of `from` may not know one of `to`, and what to do instead; empty where it may.
  /// Rooms are written `core.pypi` and `server.index`.
  static Optional<String> forbidden(String from, String to) {
    if (from.equals(to)) {
      return Optional.empty();
    }
    if (from.startsWith("core.")) {
      return to.startsWith("core.")
          ? core(from.substring(5), to.substring(5))
          : Optional.of(
              "the core is pure and knows no "
                  + to
                  + ": hand it the bytes or the facts, and let it answer with a value");
    }
    return to.startsWith("core.")
        ? Optional.empty()
        : server(from.substring("server.".length()), to.substring("server.".length()));
  }

  /// Whether the plan has such a room.
  static boolean has(String room) {
    return room.startsWith("core.")
        ? CORE.containsKey(room.substring(5))
        : floor(room.substring("server.".length())) >= 0;
  }

  private static Optional<String> core(String from, String to) {
    return CORE.getOrDefault(from, Set.of()).contains(to)
        ? Optional.empty()
        : Optional.of(
            "core rooms know only what stands below them: move what both need into the lower one,"
                + " or pass the result of one to the other");
  }

  private static Optional<String> server(String from, String to) {
    int above = floor(from);
    int below = floor(to);
    if (to.equals("boot")) {
      return Optional.of(
          "nobody but boot uses boot: take a settings record of your own room, a clock or a client"
              + " in the constructor, and let boot make it");
    }
    if (above < below || SIDEWAYS.getOrDefault(from, Set.of()).contains(to)) {
      return Optional.empty();
    }
    if (above > below) {
      return Optional.of(
          "arrows go down only: let "
              + to
              + " ask "
              + from
              + ", or define in "
              + from
              + " the interface that "
              + to
              + " implements and boot hands in");
    }
    if (above == 2) {
      return Optional.of(
          "doors do not know one another: write a jobs row in the same transaction, or move what"
              + " both need into a room below");
    }
    if (above == FLOORS.size() - 1) {
      return Optional.of("tools do not know one another: a room above joins them");
    }
    return Optional.of(
        "rooms of one floor do not know one another: a door above asks both, or passes what one"
            + " said to the other");
  }

  private static int floor(String room) {
    for (int i = 0; i < FLOORS.size(); i++) {
      if (FLOORS.get(i).contains(room)) {
        return i;
      }
    }
    return -1;
  }
}
