package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Version;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the lists: CVEs, popular names and blocks. A line that makes no sense is noted and
/// skipped.
final class ListReader {
  private static final int MOST = 500_000;
  private static final int LONGEST_LINE = 2_000;
  private static final int BUFFER = 1 << 16;
  private static final int BROKEN_KEPT = 1_000;
  private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,19}");
  private static final Pattern BLOCK =
      Pattern.compile("([^\\s#,;=:]+)\\s*(?:==\\s*([^\\s#,;]+))?(?:[\\s#,;:]+(.*))?");
  private static final Pattern DIGEST =
      Pattern.compile("sha256:([0-9A-Fa-f]{64})(?:[\\s#,;:]+(.*))?");

  private final FeedKind kind;
  private final Map<Entry.Key, Entry> entries = new LinkedHashMap<>();
  private final List<FeedState.Broken> broken = new ArrayList<>();
  private long brokenCount;
  private long read;

  ListReader(FeedKind kind) {
    this.kind = kind;
  }

  /// Every entry, in the list's order; of several alike the first.
  Map<Entry.Key, Entry> entries() {
    return entries;
  }

  /// The first lines that make no sense.
  List<FeedState.Broken> broken() {
    return broken;
  }

  long brokenCount() {
    return brokenCount;
  }

  long read() {
    return read;
  }

  void read(InputStream raw) throws FeedRefusedException, IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(1);
    int first = in.read();
    in.reset();
    if (kind == FeedKind.KEV && first == '{') {
      json(in);
    } else {
      lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER));
    }
  }

  private void lines(BufferedReader in) throws FeedRefusedException, IOException {
    int column = 0;
    long number = 0;
    for (String line = line(in); line != null; line = line(in)) {
      number++;
      String text = line.strip();
      if (number == 1 && kind == FeedKind.POPULAR && text.contains(",")) {
        column = column(text);
      } else if (!text.isEmpty() && text.charAt(0) != '#') {
        read++;
        String place = "line " + number;
        switch (kind) {
          case POPULAR -> popular(place, text, column);
          case BLOCKLIST -> block(place, text);
          case KEV -> cve(place, text);
          case OSV, PYPA -> throw new IllegalStateException("no list: " + kind);
        }
      }
    }
  }

  private void json(InputStream in) throws FeedRefusedException {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("cveID")) {
          read++;
          String place = "entry " + read;
          if (parser.nextToken() == JsonToken.VALUE_STRING) {
            cve(place, parser.getString());
          } else {
            broken(place, "Its cveID is no text.");
          }
        }
      }
    } catch (JacksonException e) {
      throw new FeedRefusedException("The list is no whole JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private void cve(String place, String text) throws FeedRefusedException {
    String cve = text.strip().toUpperCase(Locale.ROOT);
    if (CVE.matcher(cve).matches()) {
      add(cve, "", "");
    } else {
      broken(place, "It is no CVE.");
    }
  }

  private void popular(String place, String line, int column) throws FeedRefusedException {
    String[] cells = line.split(",", -1);
    String cell = cells.length > column ? cells[column].strip() : "";
    String name =
        cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
            ? cell.substring(1, cell.length() - 1)
            : cell;
    Optional<ProjectName> project = ProjectName.of(name);
    if (project.isPresent()) {
      add(project.get().normalized(), "", "");
    } else {
      broken(place, "It has no project's name in column " + (column + 1) + ".");
    }
  }

  private void block(String place, String line) throws FeedRefusedException {
    Matcher digest = DIGEST.matcher(line);
    if (digest.matches()) {
      String subject = "sha256:" + digest.group(1).toLowerCase(Locale.ROOT);
      add(subject, "", reason(digest.group(2)));
      return;
    }
    Matcher block = BLOCK.matcher(line);
    if (!block.matches()) {
      broken(place, "It is neither name, name==version nor sha256:DIGEST.");
      return;
    }
    Optional<ProjectName> project = ProjectName.of(block.group(1));
    String version = block.group(2);
    if (project.isEmpty()) {
      broken(place, "It begins with no project's name.");
    } else if (version == null) {
      add(project.get().normalized(), "", reason(block.group(3)));
    } else {
      String spelled = Version.parse(version).map(Version::toString).orElse("");
      if (spelled.isEmpty()) {
        broken(place, "The version is none of PEP 440.");
      } else {
        add(project.get().normalized(), spelled, reason(block.group(3)));
      }
    }
  }

  private static String reason(@Nullable String text) {
    return text == null ? "" : BrokenRows.shown(text.strip());
  }

  private void add(String subject, String version, String reason) throws FeedRefusedException {
    long position = kind == FeedKind.POPULAR ? entries.size() + 1L : 0;
    Entry entry = new Entry(subject, version, position, reason);
    if (entries.putIfAbsent(entry.key(), entry) == null && entries.size() > MOST) {
      throw new FeedRefusedException("The list has more than " + MOST + " entries.");
    }
  }

  private void broken(String place, String why) {
    brokenCount++;
    if (broken.size() < BROKEN_KEPT) {
      broken.add(new FeedState.Broken(place, why));
    }
  }

  private static int column(String header) {
    List<String> cells = List.of(header.replace("\"", "").split(",", -1));
    for (String name : List.of("project", "name", "package")) {
      int at = cells.indexOf(name);
      if (at >= 0) {
        return at;
      }
    }
    return 0;
  }

  /// The next line, without its end; null behind the last one.
  private static @Nullable String line(BufferedReader in) throws FeedRefusedException, IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (line.length() >= LONGEST_LINE) {
        throw new FeedRefusedException(
            "The list has a line of more than " + LONGEST_LINE + " characters.");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
