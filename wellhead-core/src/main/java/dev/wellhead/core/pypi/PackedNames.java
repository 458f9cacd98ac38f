package dev.wellhead.core.pypi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Project names in their order, none of them twice, packed: one name takes its letters and five
/// bytes more.
///
/// The public index has close to a million names. As strings in a set they would take a hundred
/// megabytes, which is half of what the server has.
public final class PackedNames implements Iterable<String> {
  /// Below every byte of a name, so that a name comes before the longer ones that begin with it.
  static final byte END = '\n';

  /// How many names share one entry of `shortest`, as a power of two.
  private static final int BLOCK = 6;

  /// The names one after another, each with [#END] behind it.
  private final byte[] text;

  /// Where each name begins, and at last where the text ends.
  private final int[] starts;

  /// The length of the shortest name of each block.
  private final byte[] shortest;

  private PackedNames(byte[] text, int[] starts) {
    this.text = text;
    this.starts = starts;
    this.shortest = new byte[(size() + (1 << BLOCK) - 1) >> BLOCK];
    Arrays.fill(shortest, (byte) 0xff);
    for (int i = 0; i < size(); i++) {
      shortest[i >> BLOCK] = (byte) Math.min(shortest[i >> BLOCK] & 0xff, length(i));
    }
  }

  /// How many names there are.
  public int size() {
    return starts.length - 1;
  }

  /// What the list takes in memory, in bytes.
  public long bytes() {
    return (long) text.length + 4L * starts.length + shortest.length;
  }

  /// The names in their normalized form, in the order of their bytes.
  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return name(next++);
      }
    };
  }

  String name(int index) {
    return new String(text, starts[index], length(index), StandardCharsets.ISO_8859_1);
  }

  int length(int index) {
    return starts[index + 1] - starts[index] - 1;
  }

  /// The first name from `from` on, and before `to`, that has fewer than `length` bytes; `to` where
  /// there is none. Blocks of longer names are passed over.
  int nextShorter(int from, int to, int length) {
    int at = from;
    while (at < to && length(at) >= length) {
      at++;
      while (at < to
          && (at & ((1 << BLOCK) - 1)) == 0
          && (shortest[at >> BLOCK] & 0xff) >= length) {
        at += 1 << BLOCK;
      }
    }
    return Math.min(at, to);
  }

  /// The byte of a name at this place; [#END] behind its last.
  byte at(int index, int place) {
    return text[starts[index] + place];
  }

  /// The packed names themselves, for those in this room who search them; nobody changes them.
  byte[] text() {
    return text;
  }

  /// The name that the byte at `offset` of the text belongs to.
  int indexAt(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /// Collects names in any order.
  public static final class Builder {
    /// Three times what the public index has. Names come from strangers, who could fill the memory.
    private static final int MOST_BYTES = 48 << 20;

    private byte[] text;
    private int length;
    private int[] starts;
    private int count;
    private boolean inOrder = true;

    public Builder() {
      this(1 << 10, 1 << 6);
    }

    /// For about so many names that take about so many bytes, with an end behind each: what was
    /// guessed right need not be copied while it grows.
    public Builder(long bytes, long names) {
      text = new byte[Math.clamp(bytes, 1 << 10, MOST_BYTES)];
      starts = new int[Math.clamp(names + 1, 1 << 6, MOST_BYTES / 2)];
    }

    /// Adds a name.
    ///
    /// @return false where the list is full, and nothing was added
    public boolean add(ProjectName name) {
      byte[] bytes = name.normalized().getBytes(StandardCharsets.ISO_8859_1);
      if (length > MOST_BYTES - bytes.length - 1) {
        return false;
      }
      if (length + bytes.length + 1 > text.length) {
        text = Arrays.copyOf(text, Math.max(text.length * 3 / 2, length + bytes.length + 1));
      }
      if (count + 2 > starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 3 / 2);
      }
      System.arraycopy(bytes, 0, text, length, bytes.length);
      text[length + bytes.length] = END;
      inOrder &= count == 0 || new NameOrder(text).compare(starts[count - 1], length, 0) < 0;
      starts[count++] = length;
      length += bytes.length + 1;
      return true;
    }

    /// The list of what was added. The builder is of no use afterwards.
    public PackedNames build() {
      PackedNames list =
          inOrder
              ? new PackedNames(
                  length == text.length ? text : Arrays.copyOf(text, length), ends(count, length))
              : sorted();
      text = new byte[0];
      starts = new int[0];
      return list;
    }

    private int[] ends(int size, int end) {
      int[] trimmed = Arrays.copyOf(starts, size + 1);
      trimmed[size] = end;
      return trimmed;
    }

    private PackedNames sorted() {
      NameOrder order = new NameOrder(text);
      order.sort(starts, count);
      byte[] out = new byte[length];
      int end = 0;
      int size = 0;
      for (int i = 0; i < count; i++) {
        if (i > 0 && order.compare(starts[i - 1], starts[i], 0) == 0) {
          continue;
        }
        int from = starts[i];
        int to = from;
        while (text[to] != END) {
          to++;
        }
        System.arraycopy(text, from, out, end, to + 1 - from);
        end += to + 1 - from;
        size++;
      }
      int[] packed = new int[size + 1];
      for (int i = 0, at = 0; i < size; i++) {
        packed[i] = at;
        while (out[at++] != END) {}
      }
      packed[size] = end;
      return new PackedNames(end == out.length ? out : Arrays.copyOf(out, end), packed);
    }
  }
}
