package dev.wellhead.core.policy;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Coverage;
import dev.wellhead.core.osv.Rating;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Reads one of a policy's own tests. Facts that it does not give are harmless.
final class ExampleReader {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Sha256 SOME_DIGEST = new Sha256("0".repeat(64));
  private static final Set<String> VERDICTS =
      Set.of("allow", "warn", "hold", "block", "hide", "cannot-tell");

  /// What stands for a project's state in a test.
  enum State {
    LISTED,
    FILE_REMOVED,
    PROJECT_REMOVED,
    QUARANTINED
  }

  /// What stands for provenance in a test.
  enum Shown {
    NEVER_GIVEN,
    KEPT,
    LOST,
    PUBLISHER_CHANGED
  }

  private final Table given;
  private final Instant now;

  private ExampleReader(Table given) {
    this.given = given;
    given.allows("now");
    this.now = given.has("now") ? given.instant("now", NOW) : NOW;
  }

  static Example read(Table table, int number, Set<String> rules) {
    String name = table.text("name", "test " + number);
    Table given = table.table("given");
    Table expect = table.table("expect");
    ExampleReader reader = new ExampleReader(given);
    Facts facts = reader.facts();
    String verdict = expect.text("verdict", "");
    String rule = expect.text("rule", "");
    if (!VERDICTS.contains(verdict)) {
      expect.complain(
          "verdict",
          "A test expects a `verdict`: "
              + String.join(", ", VERDICTS.stream().sorted().toList())
              + ".");
    }
    if (!rule.isEmpty() && !rules.contains(rule)) {
      expect.complain(
          "rule",
          String.format(Locale.ROOT, "The policy has no rule `%s`.", Complaints.printable(rule)));
    }
    given.close();
    expect.close();
    table.close();
    return new Example(
        name, table.complaints().line(table.path()), facts, reader.now, verdict, rule);
  }

  private Facts facts() {
    Facts.Builder facts = Harmless.about(subject(), now);
    readers().forEach((key, reader) -> read(facts, key, reader));
    missing("unknown", (key, _) -> facts.unknown(key, "is unknown in this test"));
    missing("pending", (key, _) -> facts.pending(key));
    return facts.build();
  }

  private void read(Facts.Builder facts, String key, BiConsumer<Facts.Builder, String> reader) {
    given.allows(key);
    if (given.has(key)) {
      reader.accept(facts, key);
    }
  }

  private void missing(String list, BiConsumer<FactKey<?>, String> put) {
    for (String name : given.texts(list)) {
      FactKeys.named(name)
          .ifPresentOrElse(
              key -> put.accept(key, name),
              () ->
                  given.complain(
                      list,
                      String.format(
                          Locale.ROOT, "There is no fact `%s`.", Complaints.printable(name))));
    }
  }

  private Subject subject() {
    String version = given.text("version", "1.0");
    String project = given.text("project", "example");
    Optional<ProjectName> name = ProjectName.of(project);
    if (name.isEmpty()) {
      given.complain("project", "`project` is no valid name of a project.");
    }
    return new Subject(
        given.text("view", "default"),
        given.text("source", "upstream"),
        name.orElse(new ProjectName("example")),
        given.text("file", project + "-" + version + "-py3-none-any.whl"),
        Version.parse(version).orElse(null),
        SOME_DIGEST);
  }

  private Map<String, BiConsumer<Facts.Builder, String>> readers() {
    Map<String, BiConsumer<Facts.Builder, String>> readers = new TreeMap<>();
    for (FactKey<Boolean> key :
        List.of(
            FactKeys.ADOPTED,
            FactKeys.IN_USE,
            FactKeys.PUBLISHER_KEPT,
            FactKeys.SDIST_ONLY,
            FactKeys.YANKED,
            FactKeys.NATIVE_CODE_NEW)) {
      readers.put(key.name(), (facts, name) -> facts.known(key, given.flag(name, false)));
    }
    readers.put("upload-time", (f, k) -> f.known(FactKeys.UPLOAD_TIME, given.instant(k, now)));
    readers.put("learning", (f, k) -> f.known(FactKeys.LEARNING, learning(given.flag(k, false))));
    readers.put(
        "popularity",
        (f, k) -> f.known(FactKeys.POPULARITY, (int) given.number(k, 0, 1_000_000, 0)));
    readers.put("size", (f, k) -> f.known(FactKeys.SIZE, given.number(k, 0, Long.MAX_VALUE, 0)));
    readers.put("licence", (f, k) -> f.known(FactKeys.LICENCE, given.text(k, "")));
    readers.put("python-tags", (f, k) -> f.known(FactKeys.PYTHON_TAGS, Set.copyOf(given.texts(k))));
    readers.put("fixes", (f, k) -> f.known(FactKeys.FIXES, given.texts(k)));
    readers.put("blocks", (f, k) -> f.known(FactKeys.BLOCKS, blocks(given.texts(k))));
    readers.put(
        "changed-hash", (f, k) -> f.known(FactKeys.CHANGED_HASH, hash(given.flag(k, false))));
    readers.put("reserved", (f, k) -> f.known(FactKeys.RESERVED, reserved(given.flag(k, false))));
    readers.put("lookalike", (f, k) -> f.known(FactKeys.LOOKALIKE, likeness(given.text(k, ""))));
    readers.put(
        "upstream-state",
        (f, k) ->
            f.known(FactKeys.UPSTREAM_STATE, state(given.choice(k, State.class, State.LISTED))));
    readers.put(
        "provenance",
        (f, k) ->
            f.known(FactKeys.PROVENANCE, provenance(given.choice(k, Shown.class, Shown.KEPT))));
    readers.put(
        "advisories",
        (f, k) -> f.known(FactKeys.ADVISORIES, given.tables(k).stream().map(this::match).toList()));
    return readers;
  }

  private Learning learning(boolean on) {
    return on ? new Learning.Until(now.plus(Duration.ofDays(14))) : new Learning.Over();
  }

  private List<HandBlock> blocks(List<String> patterns) {
    return patterns.stream().map(one -> new HandBlock(one, "a test", "somebody", now)).toList();
  }

  private HashHistory hash(boolean changed) {
    return changed ? new HashHistory.Changed(SOME_DIGEST, now) : new HashHistory.Same();
  }

  private static Reservation reserved(boolean is) {
    return is ? new Reservation.Reserved("a pattern", "") : new Reservation.Free();
  }

  private static Likeness likeness(String popular) {
    return ProjectName.of(popular)
        .<Likeness>map(name -> new Likeness.Resembles(name, "a letter"))
        .orElseGet(Likeness.Unlike::new);
  }

  private UpstreamState state(State state) {
    return switch (state) {
      case LISTED -> new UpstreamState.Listed();
      case FILE_REMOVED -> new UpstreamState.FileRemoved(now);
      case PROJECT_REMOVED -> new UpstreamState.ProjectRemoved(now);
      case QUARANTINED -> new UpstreamState.ProjectQuarantined("");
    };
  }

  private static Provenance provenance(Shown shown) {
    return switch (shown) {
      case NEVER_GIVEN -> new Provenance.NeverGiven();
      case KEPT -> new Provenance.Kept();
      case LOST -> new Provenance.Lost("0.9");
      case PUBLISHER_CHANGED -> new Provenance.PublisherChanged("one", "another");
    };
  }

  private Match match(Table table) {
    String id = table.text("id", "MAL-0000-1");
    Advisory advisory =
        new Advisory(
            id,
            id.startsWith("MAL-") ? Advisory.Kind.MALWARE : Advisory.Kind.VULNERABILITY,
            new Advisory.Times(null, now, table.flag("withdrawn", false) ? now : null),
            List.of(),
            new Advisory.Text("a test", ""),
            new Rating(
                table.choice("rating", Rating.Severity.class, Rating.Severity.UNRATED), null, ""),
            List.of());
    String fixed = table.text("fixed", "");
    Match match =
        new Match(
            advisory,
            new Coverage.ByVersion(),
            Set.copyOf(table.texts("sources")),
            table.flag("exploited", false),
            Version.parse(fixed).orElse(null));
    table.close();
    return match;
  }
}
