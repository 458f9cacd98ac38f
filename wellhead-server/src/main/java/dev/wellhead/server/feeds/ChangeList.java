package dev.wellhead.server.feeds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// OSV's list of changes, `modified_id.csv`: a line for every record that there is, with the time
/// of its last change and its id.
final class ChangeList {
  private static final long MOST_LINES = 3_000_000;
  private static final int LONGEST_LINE = 300;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

  /// A record that is new, or was changed.
  record Change(String id, Instant at) {}

  private final List<Change> changes = new ArrayList<>();
  private long records;

  /// The records that are not held as the list has them; one more than asked for where there are
  /// more.
  List<Change> changes() {
    return changes;
  }

  /// How many records the list has.
  long records() {
    return records;
  }

  /// Reads the list to its end; what is held as it says counts as seen.
  ///
  /// @param most changes that are remembered, and one more
  void read(InputStream in, Map<String, KnownRecord> known, int most)
      throws FeedRefusedException, IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    StringBuilder line = new StringBuilder();
    long count = 0;
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      if (c != '\n') {
        if (line.length() >= LONGEST_LINE || count >= MOST_LINES) {
          throw new FeedRefusedException("The list of changes has too long or too many lines.");
        }
        line.append((char) c);
        continue;
      }
      count++;
      take(line.toString().strip(), known, most);
      line.setLength(0);
    }
    take(line.toString().strip(), known, most);
    if (records == 0) {
      throw new FeedRefusedException("The list of changes names no record.");
    }
  }

  private void take(String line, Map<String, KnownRecord> known, int most) {
    int comma = line.indexOf(',');
    String id = line.substring(comma + 1);
    if (comma < 0 || !ID.matcher(id).matches()) {
      return;
    }
    Instant at;
    try {
      at = Instant.parse(line.substring(0, comma));
    } catch (DateTimeException e) {
      return; // the line with the columns' names, or none of OSV's
    }
    records++;
    KnownRecord held = known.get(id);
    if (held != null && !held.isBefore(at.toEpochMilli())) {
      held.see();
    } else if (changes.size() <= most) {
      changes.add(new Change(id, at));
    }
  }
}
