package dev.wellhead.core.pypi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds project names while somebody types one: as it is, by its beginning, by a part of it, and
/// in spite of a slip of the finger.
///
/// Nothing is built beside the packed names. The beginning is a range of the sorted names, a part
/// is found by looking through all of them, and near names by walking the sorted names as a tree,
/// where most branches end after two or three letters. Each step is taken only where the steps
/// before did not find enough.
public final class NameSearch {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final PackedNames names;

  private NameSearch(PackedNames names) {
    this.names = names;
  }

  /// How a name fits what was typed, the best first.
  public enum Kind {
    EXACT,
    PREFIX,
    PART,
    /// The whole name is one or two edits away.
    NEAR,
    /// The name begins with something that is one or two edits away.
    NEAR_PREFIX
  }

  /// A name that was found.
  ///
  /// @param edits how many letters were put in, left out, changed or swapped with the next one
  public record Match(String name, Kind kind, int edits) {
    /// Better fits first, of equal fits the shorter names.
    public static final Comparator<Match> BY_FIT = Comparator.comparingInt(Match::rank);

    public static final Comparator<Match> BY_LENGTH =
        Comparator.<Match>comparingInt(match -> match.name().length()).thenComparing(Match::name);

    private int rank() {
      return Hits.rank(kind, edits);
    }
  }

  /// A search over `names`; those that are not valid are left out, and so are those for which a
  /// [PackedNames] has no room.
  public static NameSearch of(Iterable<String> names) {
    if (names instanceof PackedNames list) {
      return new NameSearch(list);
    }
    PackedNames.Builder builder = new PackedNames.Builder();
    for (String name : names) {
      ProjectName.of(name).ifPresent(builder::add);
    }
    return new NameSearch(builder.build());
  }

  /// How many names are searched.
  public int size() {
    return names.size();
  }

  /// What the search takes in memory, in bytes.
  public long bytes() {
    return names.bytes();
  }

  /// The names that fit best what was typed, at most `most`: by fit, then the shorter ones.
  ///
  /// What was typed counts in its normalized form (PEP 503), blanks like dashes. One edit is
  /// forgiven from three letters on, two from five on; of a beginning one from five on, two from
  /// ten on.
  public List<Match> find(String typed, int most) {
    return find(typed, most, _ -> true);
  }

  /// The same among the names that are `shown`, of which few others are asked about.
  public List<Match> find(String typed, int most, Predicate<String> shown) {
    byte[] wanted = wanted(typed);
    if (wanted.length == 0 || most < 1 || wanted.length > ProjectName.MAX_LENGTH) {
      return List.of();
    }
    Hits hits = new Hits(names, most, shown);
    findPrefix(wanted, hits);
    if (!hits.isFull()) {
      findPart(wanted, hits);
    }
    int edits = wholeEdits(wanted.length);
    for (int k = 1; k <= edits && !hits.isFull(); k++) {
      new NearNames(names, wanted, k, Math.min(k, wanted.length / 5), hits).find();
    }
    return hits.inOrder();
  }

  /// How many slips are forgiven in a name of this length.
  static int wholeEdits(int length) {
    return length < 3 ? 0 : length < 5 ? 1 : 2;
  }

  /// What was typed as it is compared with names: normalized (PEP 503), blanks like dashes.
  public static String normalized(String typed) {
    String text = typed.strip();
    if (text.length() > ProjectName.MAX_LENGTH) {
      text = text.substring(0, ProjectName.MAX_LENGTH + 1);
    }
    return ProjectName.normalize(BLANKS.matcher(text).replaceAll("-"));
  }

  /// What is looked for; a letter that no name has is a byte that fits none.
  private static byte[] wanted(String typed) {
    byte[] bytes = normalized(typed).getBytes(StandardCharsets.US_ASCII); // '?' where it is none
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < ' ') {
        bytes[i] = '?';
      }
    }
    return bytes;
  }

  private void findPrefix(byte[] wanted, Hits hits) {
    int from = bound(wanted, 0, false);
    int to = bound(wanted, from, true);
    // A beginning may be that of very many names, of which only the shortest count: those that lie
    // where none is short enough are passed over.
    for (int i = from; i < to; i = names.nextShorter(i + 1, to, hits.shorterThan(Kind.PREFIX))) {
      hits.offer(names.length(i) == wanted.length ? Kind.EXACT : Kind.PREFIX, 0, i);
    }
  }

  /// The first name from `from` on that does not come before all that begin with `wanted`, or that
  /// comes behind them.
  private int bound(byte[] wanted, int from, boolean behind) {
    int low = from;
    int high = names.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, wanted);
      if (order < 0 || (behind && order == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// 0 where the name begins with `wanted`.
  private int compare(int index, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      int order = names.at(index, i) - wanted[i];
      if (order != 0) {
        return order; // also at the name's end, which is below all bytes
      }
    }
    return 0;
  }

  /// Looks through the whole text, in leaps as long as what is looked for (Horspool 1980).
  private void findPart(byte[] wanted, Hits hits) {
    byte[] text = names.text();
    int last = wanted.length - 1;
    int[] leaps = leaps(wanted);
    byte lastWanted = wanted[last];
    for (int at = last; at < text.length; ) {
      byte seen = text[at];
      if (seen != lastWanted || !isAt(text, at - last, wanted)) {
        at += leaps[seen];
        continue;
      }
      int end = at + 1;
      while (text[end] != PackedNames.END) {
        end++;
      }
      int start = at - last;
      while (start > 0 && text[start - 1] != PackedNames.END) {
        start--;
      }
      if (start != at - last && hits.wouldTake(Kind.PART, 0, end - start)) {
        hits.offer(Kind.PART, 0, names.indexAt(start));
      }
      at = end + 1 + last;
    }
  }

  private static int[] leaps(byte[] wanted) {
    int[] leaps = new int[128];
    Arrays.fill(leaps, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      leaps[wanted[i]] = wanted.length - 1 - i;
    }
    return leaps;
  }

  private static boolean isAt(byte[] text, int place, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (text[place + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
