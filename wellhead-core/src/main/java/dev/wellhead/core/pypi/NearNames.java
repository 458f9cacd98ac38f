package dev.wellhead.core.pypi;

/// Finds the names that a few edits lead to from what was typed.
///
/// The sorted names are a tree of letters: names that begin alike lie side by side. One row of the
/// table of distances belongs to each beginning, and is made from those of the two beginnings
/// before it, so that a branch is left as soon as all of its row is too far. An edit puts a letter
/// in, leaves one out, changes one or swaps it with the next (optimal string alignment).
final class NearNames {
  private final PackedNames names;
  private final byte[] wanted;
  private final int edits;
  private final int prefixEdits;
  private final Hits hits;

  /// Rows of distances, one for each length of a beginning; only those near the diagonal count.
  private final int[][] rows;

  /// The beginning that is looked at.
  private final byte[] path;

  NearNames(PackedNames names, byte[] wanted, int edits, int prefixEdits, Hits hits) {
    this.names = names;
    this.wanted = wanted;
    this.edits = edits;
    this.prefixEdits = prefixEdits;
    this.hits = hits;
    this.rows = new int[wanted.length + edits + 2][wanted.length + 2];
    this.path = new byte[wanted.length + edits + 2];
  }

  void find() {
    for (int j = 0; j < rows[0].length; j++) {
      rows[0][j] = j;
    }
    walk(0, names.size(), 0);
  }

  /// Looks at the names `from` to `to`, which begin alike in their first `depth` bytes.
  private void walk(int from, int to, int depth) {
    int next = from;
    if (next < to && names.length(next) == depth) {
      if (rows[depth][wanted.length] <= edits) {
        hits.offer(NameSearch.Kind.NEAR, rows[depth][wanted.length], next);
      }
      next++;
    }
    while (next < to) {
      byte letter = names.at(next, depth);
      int end = endOf(letter, next, to, depth);
      if (isNear(depth + 1, letter)) {
        int distance = rows[depth + 1][wanted.length];
        for (int i = next; distance <= prefixEdits && i < end; i++) {
          hits.offer(NameSearch.Kind.NEAR_PREFIX, distance, i);
        }
        walk(next, end, depth + 1);
      }
      next = end;
    }
  }

  /// Where the names end that have `letter` next: in leaps that double, then by halves.
  private int endOf(byte letter, int from, int to, int depth) {
    int low = from;
    int leap = 1;
    while (low + leap < to && names.at(low + leap, depth) == letter) {
      low += leap;
      leap *= 2;
    }
    int high = Math.min(low + leap, to);
    low++;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (names.at(middle, depth) == letter) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Makes the row of the beginning with `letter` at its end; whether any of it is near enough.
  private boolean isNear(int depth, byte letter) {
    int from = Math.max(1, depth - edits);
    int to = Math.min(wanted.length, depth + edits);
    if (from > wanted.length) {
      return false;
    }
    path[depth] = letter;
    int far = edits + 1;
    int[] row = rows[depth];
    int[] above = rows[depth - 1];
    row[from - 1] = from == 1 ? depth : far;
    int least = row[from - 1];
    for (int j = from; j <= to; j++) {
      int upper = j < depth + edits ? above[j] : far; // what is above the band was not made
      int distance =
          Math.min(
              above[j - 1] + (wanted[j - 1] == letter ? 0 : 1), Math.min(row[j - 1], upper) + 1);
      if (depth > 1 && j > 1 && wanted[j - 1] == path[depth - 1] && wanted[j - 2] == letter) {
        distance = Math.min(distance, rows[depth - 2][j - 2] + 1);
      }
      row[j] = distance;
      least = Math.min(least, distance);
    }
    if (to < wanted.length) {
      row[wanted.length] = far;
    }
    return least <= edits;
  }
}
