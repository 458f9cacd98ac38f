package dev.wellhead.core.pypi;

/// Puts names that lie in one text, each with an end behind it, into the order of their bytes.
///
/// By the first byte, then within each group by the second, and so on: the work is bounded by the
/// length of the text, in whatever order a stranger sends the names.
final class NameOrder {
  private static final int BYTES = 128;
  private static final int FEW = 24;

  private final byte[] text;

  NameOrder(byte[] text) {
    this.text = text;
  }

  /// Sorts the first `count` of `starts`, the places where names begin.
  void sort(int[] starts, int count) {
    sort(starts, new int[count], 0, count, 0);
  }

  /// Compares the names that begin at two places and agree in their first bytes.
  int compare(int one, int other, int agreed) {
    for (int i = agreed; ; i++) {
      byte a = text[one + i];
      byte b = text[other + i];
      if (a != b) {
        return a - b;
      }
      if (a == PackedNames.END) {
        return 0;
      }
    }
  }

  private void sort(int[] starts, int[] spare, int from, int to, int depth) {
    if (to - from <= FEW) {
      insert(starts, from, to, depth);
      return;
    }
    int[] ends = new int[BYTES];
    for (int i = from; i < to; i++) {
      ends[text[starts[i] + depth]]++;
    }
    int end = from;
    for (int b = 0; b < BYTES; b++) {
      int size = ends[b];
      ends[b] = end;
      end += size;
    }
    for (int i = from; i < to; i++) {
      spare[ends[text[starts[i] + depth]]++] = starts[i];
    }
    System.arraycopy(spare, from, starts, from, to - from);
    // Those that end here are all one name.
    for (int b = PackedNames.END + 1; b < BYTES; b++) {
      if (ends[b] - ends[b - 1] > 1) {
        sort(starts, spare, ends[b - 1], ends[b], depth + 1);
      }
    }
  }

  private void insert(int[] starts, int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      int start = starts[i];
      int at = i;
      while (at > from && compare(starts[at - 1], start, depth) > 0) {
        starts[at] = starts[--at];
      }
      starts[at] = start;
    }
  }
}
