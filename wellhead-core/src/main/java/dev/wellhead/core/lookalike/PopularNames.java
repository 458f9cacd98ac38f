package dev.wellhead.core.lookalike;

import dev.wellhead.core.pypi.ProjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The popular names, indexed so that a look takes microseconds.
///
/// How far apart names may be depends on how popular the one is that could be meant: a name that
/// looks the same is told for all of them, one letter or a `python-` more only for the first
/// thousand, since beyond that honest names lie too close to one another. Of the names on the
/// places 5,001 to 15,000 of the most downloaded projects, none of them malicious, fewer than one
/// in a hundred is told of.
public final class PopularNames {
  private static final int NEAR_RANKS = 1000;
  private static final int NEAR_LENGTH = 6;

  /// Short names have many neighbours: only the very first are worth it.
  private static final int SHORT_RANKS = 200;

  private static final int SHORT_LENGTH = 5;
  private static final int SAME_LENGTH = 4;
  private static final int MAX_LENGTH = 100;

  private static final List<String> IN_FRONT = List.of("python-", "py-", "the-", "lib-");
  private static final List<String> BEHIND = List.of("-python", "-py", "-python3", "-lib");

  private final List<ProjectName> names;
  private final Set<ProjectName> popular;
  private final Map<String, Integer> joined = new HashMap<>();
  private final Map<String, Integer> shapes = new HashMap<>();
  private final Map<String, Integer> singles = new HashMap<>();

  /// Each name near enough to the top, under itself and under all that leaving out a letter makes
  /// of it: two names that are one edit apart meet in one of these.
  private final Map<String, List<Integer>> near = new HashMap<>();

  private final Map<String, Integer> ranks = new HashMap<>();

  private PopularNames(List<ProjectName> names) {
    this.names = List.copyOf(names);
    this.popular = new HashSet<>(names);
    for (int i = 0; i < this.names.size(); i++) {
      enter(this.names.get(i).normalized(), i);
    }
  }

  /// An index over `names`, the most popular first; our own projects may stand in front.
  public static PopularNames of(List<ProjectName> names) {
    return new PopularNames(names);
  }

  private void enter(String name, int at) {
    ranks.putIfAbsent(name, at);
    joined.putIfAbsent(Shapes.joined(name), at);
    if (Shapes.joined(name).length() >= SAME_LENGTH) {
      shapes.putIfAbsent(Shapes.lookedAt(name), at);
      singles.putIfAbsent(Shapes.single(name), at);
    }
    if (isNearable(name, at)) {
      near.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(at);
      for (int i = 0; i < name.length(); i++) {
        near.computeIfAbsent(Shapes.without(name, i), _ -> new ArrayList<>(1)).add(at);
      }
    }
  }

  private static boolean isNearable(String name, int at) {
    return (at < NEAR_RANKS && name.length() >= NEAR_LENGTH)
        || (at < SHORT_RANKS && name.length() >= SHORT_LENGTH);
  }

  /// What `name` could be taken for. Never a name for itself, never one that is popular.
  public Optional<Resemblance> resemblance(ProjectName name) {
    String text = name.normalized();
    if (popular.contains(name) || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Integer same = joined.get(Shapes.joined(text));
    if (same != null) {
      return told(same, "a separator");
    }
    Integer shape = shapes.get(Shapes.lookedAt(text));
    if (shape != null) {
      return told(shape, "letters that look alike");
    }
    Integer single = singles.get(Shapes.single(text));
    if (single != null) {
      return told(single, "a repeated letter");
    }
    return oneEdit(text).or(() -> affix(text));
  }

  private Optional<Resemblance> oneEdit(String text) {
    int best = Integer.MAX_VALUE;
    for (int i = -1; i < text.length(); i++) {
      String key = i < 0 ? text : Shapes.without(text, i);
      for (int at : near.getOrDefault(key, List.of())) {
        if (at < best && Shapes.isOneEdit(text, names.get(at).normalized())) {
          best = at;
        }
      }
    }
    return best == Integer.MAX_VALUE ? Optional.empty() : told(best, "one letter");
  }

  private Optional<Resemblance> affix(String text) {
    for (String front : IN_FRONT) {
      Integer at = text.startsWith(front) ? ranks.get(text.substring(front.length())) : null;
      if (at != null && at < NEAR_RANKS) {
        return told(at, "`" + front + "` in front");
      }
    }
    for (String end : BEHIND) {
      Integer at =
          text.endsWith(end) ? ranks.get(text.substring(0, text.length() - end.length())) : null;
      if (at != null && at < NEAR_RANKS) {
        return told(at, "`" + end + "` behind");
      }
    }
    return Optional.empty();
  }

  private Optional<Resemblance> told(int at, String how) {
    return Optional.of(new Resemblance(names.get(at), at + 1, how));
  }
}
