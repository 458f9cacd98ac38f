package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one version (PEP 440, Appendix B) from left to right, in one pass and without a regular
/// expression.
///
/// At each place at most one segment can begin, but for a separator in front of a word that turns
/// out to be none: there the cursor goes back that one character.
final class VersionParser {
  private final Cursor cursor;

  private VersionParser(String text) {
    this.cursor = new Cursor(text);
  }

  static @Nullable Version parse(String text) {
    return new VersionParser(Cursor.strip(text)).version();
  }

  private @Nullable Version version() {
    cursor.acceptAnyCase("v");
    String epoch = "0";
    String first = cursor.digits();
    if (first != null && cursor.accept('!')) {
      epoch = first;
      first = cursor.digits();
    }
    if (first == null) {
      return null;
    }
    List<String> release = release(first);
    Version.Pre pre = pre();
    String post = post();
    String dev = dev();
    List<String> local = cursor.accept('+') ? local() : List.of();
    return local == null || !cursor.atEnd()
        ? null
        : new Version(new Version.Parts(epoch, release, pre, post, dev, local));
  }

  private List<String> release(String first) {
    List<String> release = new ArrayList<>(4);
    release.add(first);
    for (int start = cursor.position(); cursor.accept('.'); start = cursor.position()) {
      String number = cursor.digits();
      if (number == null) {
        cursor.back(start);
        break;
      }
      release.add(number);
    }
    return List.copyOf(release);
  }

  private Version.@Nullable Pre pre() {
    int start = cursor.position();
    separator();
    Version.Phase phase = phase();
    if (phase == null) {
      cursor.back(start);
      return null;
    }
    return new Version.Pre(phase, optionalNumber());
  }

  /// Longer words first: `alpha` begins with `a`.
  private Version.@Nullable Phase phase() {
    if (cursor.acceptAnyCase("alpha") || cursor.acceptAnyCase("a")) {
      return Version.Phase.ALPHA;
    }
    if (cursor.acceptAnyCase("beta") || cursor.acceptAnyCase("b")) {
      return Version.Phase.BETA;
    }
    if (cursor.acceptAnyCase("preview")
        || cursor.acceptAnyCase("pre")
        || cursor.acceptAnyCase("rc")
        || cursor.acceptAnyCase("c")) {
      return Version.Phase.CANDIDATE;
    }
    return null;
  }

  private @Nullable String post() {
    int start = cursor.position();
    if (cursor.accept('-')) {
      String number = cursor.digits();
      if (number != null) {
        return number;
      }
      cursor.back(start);
    }
    separator();
    if (cursor.acceptAnyCase("post") || cursor.acceptAnyCase("rev") || cursor.acceptAnyCase("r")) {
      return optionalNumber();
    }
    cursor.back(start);
    return null;
  }

  private @Nullable String dev() {
    int start = cursor.position();
    separator();
    if (cursor.acceptAnyCase("dev")) {
      return optionalNumber();
    }
    cursor.back(start);
    return null;
  }

  private @Nullable List<String> local() {
    List<String> segments = new ArrayList<>(2);
    do {
      String segment = localSegment();
      if (segment.isEmpty()) {
        return null;
      }
      segments.add(segment);
    } while (separator());
    return List.copyOf(segments);
  }

  private String localSegment() {
    StringBuilder segment = new StringBuilder();
    for (char c = cursor.peek(); Cursor.isLetterOrDigit(c); c = cursor.peek()) {
      cursor.accept(c);
      segment.append(c);
    }
    String text = segment.toString().toLowerCase(Locale.ROOT);
    return !text.isEmpty() && Version.isNumber(text) ? Cursor.trimZeros(text) : text;
  }

  /// The number behind a word; the word alone means zero, even with a separator behind it.
  private String optionalNumber() {
    separator();
    String number = cursor.digits();
    return number == null ? "0" : number;
  }

  private boolean separator() {
    return cursor.accept('.') || cursor.accept('-') || cursor.accept('_');
  }
}
