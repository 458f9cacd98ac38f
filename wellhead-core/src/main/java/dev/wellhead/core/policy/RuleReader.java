package dev.wellhead.core.policy;

import dev.wellhead.core.osv.Rating.Severity;
import dev.wellhead.core.policy.Rule.Act;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one rule of a policy's text.
final class RuleReader {
  static final String CUSTOM = "custom";

  /// The severity that a rule has where the policy states none, by rule.
  static final Map<String, Integer> SEVERITIES =
      Map.ofEntries(
          Map.entry("known-malware", 10),
          Map.entry("changed-hash", 9),
          Map.entry("name-confusion", 9),
          Map.entry("upstream-removal", 8),
          Map.entry("trust", 7),
          Map.entry("lookalike", 7),
          Map.entry("cooldown", 6),
          Map.entry("vulnerability", 5),
          Map.entry("licence", 5),
          Map.entry("file-kind", 4),
          Map.entry("python-tag", 2),
          Map.entry("size", 2),
          Map.entry(CUSTOM, 5));

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private RuleReader() {}

  static Optional<Clause> read(String name, Table table) {
    String kind = table.text("rule", SEVERITIES.containsKey(name) ? name : CUSTOM);
    if (!NAME.matcher(name).matches() || name.equals(HandBlocks.NAME)) {
      table.complain(
          "",
          String.format(
              Locale.ROOT,
              "A rule cannot be named `%s`: small letters, digits and hyphens, at most 40, and not hand-block.",
              Complaints.printable(name)));
    }
    if (!SEVERITIES.containsKey(kind)) {
      table.complain(
          "rule",
          String.format(
              Locale.ROOT,
              "There is no rule `%s`; there is %s.",
              Complaints.printable(kind),
              String.join(", ", SEVERITIES.keySet().stream().sorted().toList())));
      return Optional.empty();
    }
    if (SEVERITIES.containsKey(name) && !kind.equals(name)) {
      table.complain(
          "rule", String.format(Locale.ROOT, "A rule that is named `%s` can be no other.", name));
    }
    Optional<Rule> rule = rule(kind, name, table);
    Scope scope =
        new Scope(
            table.globs("views"),
            table.globs("sources"),
            table.globs("projects"),
            table.globs("except"));
    Clause.Manner manner =
        new Clause.Manner(
            table.choice("mode", Mode.class, Mode.ENFORCE),
            (int) table.number("severity", 0, 10, SEVERITIES.getOrDefault(kind, 5)),
            table.flag("yank", false),
            forgives(table, rule.orElse(null)));
    Clause.Texts texts = new Clause.Texts(template(table, "reason"), template(table, "fix"));
    table.close();
    return rule.map(found -> new Clause(name, kind, found, scope, manner, texts));
  }

  private static Optional<Rule> rule(String kind, String name, Table table) {
    return switch (kind) {
      case "known-malware" ->
          Optional.of(new KnownMalware((int) table.number("popular", 1, 1_000_000, 15_000)));
      case "vulnerability" -> Optional.of(vulnerability(table));
      case "cooldown" ->
          Optional.of(
              new Cooldown(table.time("age", Duration.ofDays(3)), table.flag("hosted", false)));
      case "name-confusion" -> Optional.of(new NameConfusion(act(table, Act.BLOCK)));
      case "lookalike" -> Optional.of(new LookalikeName(act(table, Act.HOLD)));
      case "trust" -> Optional.of(new Trust(act(table, Act.HOLD)));
      case "upstream-removal" -> Optional.of(new UpstreamRemoval(act(table, Act.BLOCK)));
      case "changed-hash" -> Optional.of(new ChangedHash());
      case "licence" ->
          Optional.of(
              new Licence(table.globs("allow"), table.globs("deny"), act(table, Act.BLOCK)));
      case "file-kind" ->
          Optional.of(
              new FileKind(
                  table.flag("sdist-only", true),
                  table.flag("native-code-new", false),
                  act(table, Act.HOLD)));
      case "python-tag" ->
          Optional.of(
              new PythonTag(table.globs("allow"), table.globs("deny"), act(table, Act.BLOCK)));
      case "size" ->
          Optional.of(new SizeLimit(table.bytes("max", 1L << 30), act(table, Act.BLOCK)));
      default -> custom(name, table);
    };
  }

  private static Vulnerability vulnerability(Table table) {
    return new Vulnerability(
        table.choice("rating", Severity.class, Severity.CRITICAL),
        table.flag("known-exploited", true),
        table.flag("fix-exists", false),
        table.choice("unrated", Severity.class, Severity.CRITICAL),
        act(table, Act.BLOCK));
  }

  private static Optional<Rule> custom(String name, Table table) {
    Act act = act(table, Act.BLOCK);
    String when = table.text("when", "");
    if (when.isBlank()) {
      table.complain(
          "when",
          String.format(
              Locale.ROOT, "The rule `%s` needs a condition `when`.", Complaints.printable(name)));
      return Optional.empty();
    }
    try {
      return Optional.of(new Condition(Expression.compile(when), act));
    } catch (Expression.WrongException wrong) {
      table.complain(
          "when",
          String.format(
              Locale.ROOT,
              "The condition of `%s` cannot be used, %s.",
              Complaints.printable(name),
              wrong.getMessage()));
      return Optional.empty();
    }
  }

  private static Act act(Table table, Act otherwise) {
    return table.choice("verdict", Act.class, otherwise);
  }

  private static Template template(Table table, String key) {
    Template template = new Template(table.text(key, ""));
    if (template.text().length() > 500) {
      table.complain(key, String.format(Locale.ROOT, "`%s` is longer than 500 characters.", key));
    }
    for (String place : template.unknownPlaces()) {
      table.complain(
          key,
          String.format(
              Locale.ROOT,
              "There is nothing to put for {%s}; there is %s.",
              Complaints.printable(place),
              String.join(", ", Template.PLACES)));
    }
    return template;
  }

  private static Set<String> forgives(Table table, @Nullable Rule rule) {
    List<String> needed =
        rule == null ? List.of() : rule.needs().stream().map(FactKey::name).toList();
    Set<String> names = new HashSet<>(table.texts("forgive"));
    for (String name : names) {
      if (FactKeys.named(name).isEmpty()) {
        table.complain(
            "forgive",
            String.format(Locale.ROOT, "There is no fact `%s`.", Complaints.printable(name)));
      } else if (rule != null && !needed.contains(name)) {
        table.complain(
            "forgive",
            String.format(
                Locale.ROOT,
                "The rule does not ask for `%s`, it asks for %s.",
                name,
                String.join(", ", needed)));
      }
    }
    return names;
  }
}
