package dev.wellhead.core.osv;

import dev.wellhead.core.osv.Advisory.Kind;
import dev.wellhead.core.osv.Range.EventKind;
import dev.wellhead.core.osv.Rating.Severity;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an advisory of what a record says, whatever form it was written in.
final class RecordReader {
  private static final int MAX_ID_LENGTH = 128;
  private static final int MAX_SUMMARY_LENGTH = 300;
  private static final int MAX_DETAILS_LENGTH = 4000;
  private static final int MAX_VERSION_LENGTH = 256;
  private static final String MALICIOUS_CODE = "CWE-506";

  /// Records that were never dated bear the first day of all years.
  private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
  private static final Pattern BARE = Pattern.compile("[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,9})?");

  private RecordReader() {}

  /// A record that cannot be used; the message is a sentence.
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String sentence) {
      super(sentence);
    }
  }

  static Advisory read(RecordTree record) throws BrokenException {
    String id = record.at("id").text();
    if (id == null || !isId(id)) {
      throw new BrokenException("The record has no `id`, or one that cannot be one.");
    }
    List<String> aliases =
        record.at("aliases").texts().stream().filter(RecordReader::isId).toList();
    return new Advisory(
        id,
        kind(id, aliases, record),
        times(id, record),
        aliases,
        new Advisory.Text(
            cut(record.at("summary").text(), MAX_SUMMARY_LENGTH),
            cut(record.at("details").text(), MAX_DETAILS_LENGTH)),
        rating(record),
        affected(id, record));
  }

  /// A record is about malware where its number says so, or that of another database for the same,
  /// or where it was put together from malware reports, or names CWE-506 (embedded malicious code).
  private static Kind kind(String id, List<String> aliases, RecordTree record) {
    RecordTree more = record.at("database_specific");
    boolean malware =
        id.startsWith("MAL-")
            || aliases.stream().anyMatch(alias -> alias.startsWith("MAL-"))
            || !more.at("malicious-packages-origins").elements().isEmpty()
            || more.at("cwe_ids").texts().contains(MALICIOUS_CODE);
    return malware ? Kind.MALWARE : Kind.VULNERABILITY;
  }

  private static Advisory.Times times(String id, RecordTree record) throws BrokenException {
    Instant published = instant(id, record, "published");
    Instant modified = instant(id, record, "modified");
    if (modified == null) {
      modified = published;
    }
    if (modified == null) {
      throw new BrokenException("The record " + id + " does not say when it was modified.");
    }
    return new Advisory.Times(published, modified, instant(id, record, "withdrawn"));
  }

  private static @Nullable Instant instant(String id, RecordTree record, String name)
      throws BrokenException {
    String text = record.at(name).text();
    if (text == null) {
      return null;
    }
    try {
      Instant at = text.length() > 40 ? null : OffsetDateTime.parse(zoned(text)).toInstant();
      if (at != null && !at.isBefore(START) && at.isBefore(END)) {
        return at;
      }
    } catch (DateTimeException _) {
      // told below
    }
    throw new BrokenException("The record " + id + " has a `" + name + "` that is no time.");
  }

  /// Some records leave the `Z` out; the format knows no time but UTC (OSV schema, "modified").
  private static String zoned(String text) {
    return BARE.matcher(text).matches() ? text + "Z" : text;
  }

  private static Rating rating(RecordTree record) {
    List<RecordTree> given = new ArrayList<>(record.at("severity").elements());
    for (RecordTree one : record.at("affected").elements()) {
      given.addAll(one.at("severity").elements());
    }
    Double best = null;
    String vector = "";
    for (RecordTree one : given) {
      String text = Optional.ofNullable(one.at("score").text()).orElse("");
      Double score = Cvss.baseScore(text);
      if (score != null && (best == null || score > best)) {
        best = score;
        vector = text;
      } else if (vector.isEmpty() && text.startsWith("CVSS:") && text.length() <= 256) {
        vector = text;
      }
    }
    Severity severity =
        best == null ? word(record.at("database_specific").at("severity").text()) : Rating.of(best);
    return new Rating(severity, best, vector);
  }

  private static Severity word(@Nullable String word) {
    return switch (word == null ? "" : word.toUpperCase(Locale.ROOT)) {
      case "NONE" -> Severity.NONE;
      case "LOW" -> Severity.LOW;
      case "MEDIUM", "MODERATE" -> Severity.MEDIUM;
      case "HIGH", "IMPORTANT" -> Severity.HIGH;
      case "CRITICAL" -> Severity.CRITICAL;
      default -> Severity.UNRATED;
    };
  }

  private static List<Affected> affected(String id, RecordTree record) throws BrokenException {
    List<Origin> origins = new ArrayList<>();
    for (RecordTree origin :
        record.at("database_specific").at("malicious-packages-origins").elements()) {
      String source = origin.at("source").text();
      if (source != null && !source.isBlank()) {
        origins.add(
            new Origin(
                cut(source, MAX_ID_LENGTH),
                cut(origin.at("id").text(), MAX_ID_LENGTH),
                versions(origin),
                ranges(origin)));
      }
    }
    List<Affected> out = new ArrayList<>();
    for (RecordTree one : record.at("affected").elements()) {
      String ecosystem = one.at("package").at("ecosystem").text();
      if (ecosystem != null && ecosystem.split(":", 2)[0].equals("PyPI")) {
        ProjectName project =
            Optional.ofNullable(one.at("package").at("name").text())
                .flatMap(ProjectName::of)
                .orElseThrow(
                    () -> new BrokenException("The record " + id + " names no valid project."));
        out.add(new Affected(project, ranges(one), versions(one), hashes(one), origins));
      }
    }
    return out;
  }

  private static VersionList versions(RecordTree of) {
    return VersionList.of(
        of.at("versions").texts().stream()
            .filter(text -> text.length() <= MAX_VERSION_LENGTH)
            .toList());
  }

  /// Ranges of commits are left out: files have none.
  private static List<Range> ranges(RecordTree of) {
    List<Range> ranges = new ArrayList<>();
    for (RecordTree range : of.at("ranges").elements()) {
      List<Range.Event> events = new ArrayList<>();
      for (RecordTree event : range.at("events").elements()) {
        for (EventKind kind : EventKind.values()) {
          String version = event.at(kind.name().toLowerCase(Locale.ROOT)).text();
          if (version != null && version.length() <= MAX_VERSION_LENGTH) {
            events.add(new Range.Event(kind, version));
          }
        }
      }
      if (!events.isEmpty() && !"GIT".equals(range.at("type").text())) {
        ranges.add(new Range(events));
      }
    }
    return ranges;
  }

  private static Set<Sha256> hashes(RecordTree of) {
    Set<Sha256> hashes = new LinkedHashSet<>();
    RecordTree indicators = of.at("database_specific").at("indicators");
    for (RecordTree file : indicators.at("package_integrity").elements()) {
      Optional.ofNullable(file.at("hashes").at("sha256").text())
          .flatMap(Sha256::of)
          .ifPresent(hashes::add);
    }
    return hashes;
  }

  private static boolean isId(String text) {
    return text.length() <= MAX_ID_LENGTH
        && !text.isEmpty()
        && text.chars()
            .allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '<' && c != '>' && c != '&');
  }

  /// For people's eyes: no control characters, and no longer than a page can bear.
  private static String cut(@Nullable String text, int length) {
    if (text == null) {
      return "";
    }
    StringBuilder out = new StringBuilder(Math.min(text.length(), length));
    text.codePoints()
        .limit(length)
        .forEach(c -> {
          boolean plain = c == '\n' || !(Character.isISOControl(c) || isHidden(c));
          out.appendCodePoint(plain ? c : ' ');
        });
    return out.toString().strip();
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT || type == Character.SURROGATE;
  }
}
