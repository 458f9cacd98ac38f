package dev.wellhead.core.pypi;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The best of the names that were offered, at most so many.
///
/// A hit is one number: its rank, the length of its name, the place of the name in the sorted list.
/// So the order of the numbers is the order of the hits.
final class Hits {
  private final PackedNames names;
  private final Predicate<String> shown;
  private final long[] best;
  private int count;

  Hits(PackedNames names, int most, Predicate<String> shown) {
    this.names = names;
    this.shown = shown;
    this.best = new long[Math.min(most, Math.max(1, names.size()))];
  }

  /// Every kind's place in the order: near names by their edits first, then whole ones before
  /// beginnings.
  static int rank(NameSearch.Kind kind, int edits) {
    return switch (kind) {
      case EXACT -> 0;
      case PREFIX -> 1;
      case PART -> 2;
      case NEAR -> 1 + 2 * edits;
      case NEAR_PREFIX -> 2 + 2 * edits;
    };
  }

  boolean isFull() {
    return count == best.length;
  }

  /// Whether a name of this length could be among the best.
  boolean wouldTake(NameSearch.Kind kind, int edits, int length) {
    return !isFull() || key(rank(kind, edits), length, 0) < best[count - 1];
  }

  /// Names behind all that were offered are among the best where they are shorter than this.
  int shorterThan(NameSearch.Kind kind) {
    if (!isFull()) {
      return Integer.MAX_VALUE;
    }
    int worst = (int) (best[count - 1] >>> 32);
    return Math.clamp((long) worst - (rank(kind, 0) << 9), 0, Integer.MAX_VALUE);
  }

  /// Takes the name where it is among the best and shown. A name that is offered twice counts once,
  /// by its better fit.
  void offer(NameSearch.Kind kind, int edits, int index) {
    long key = key(rank(kind, edits), names.length(index), index);
    if (isFull() && key >= best[count - 1]) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if ((int) best[i] == index) {
        if (key < best[i]) {
          System.arraycopy(best, i + 1, best, i, --count - i);
          insert(key);
        }
        return;
      }
    }
    if (shown.test(names.name(index))) {
      insert(key);
    }
  }

  List<NameSearch.Match> inOrder() {
    return IntStream.range(0, count).mapToObj(i -> match(best[i])).toList();
  }

  private void insert(long key) {
    int at = -Arrays.binarySearch(best, 0, count, key) - 1;
    int moved = Math.min(count, best.length - 1) - at;
    System.arraycopy(best, at, best, at + 1, moved);
    best[at] = key;
    count = Math.min(count + 1, best.length);
  }

  private NameSearch.Match match(long key) {
    int rank = (int) (key >>> 41);
    NameSearch.Kind kind =
        switch (rank) {
          case 0 -> NameSearch.Kind.EXACT;
          case 1 -> NameSearch.Kind.PREFIX;
          case 2 -> NameSearch.Kind.PART;
          default -> rank % 2 == 1 ? NameSearch.Kind.NEAR : NameSearch.Kind.NEAR_PREFIX;
        };
    return new NameSearch.Match(names.name((int) key), kind, rank < 3 ? 0 : (rank - 1) / 2);
  }

  private static long key(int rank, int length, int index) {
    return ((long) rank << 41) | ((long) length << 32) | index;
  }
}
