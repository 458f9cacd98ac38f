package dev.wellhead.core.policy;

import dev.wellhead.core.policy.Problem.Kind;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.toml.TomlKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/// Reads a policy's text, and tells all that is wrong with it at once.
final class PolicyReader {
  private static final int MAX_LENGTH = 1 << 20;
  private static final int MAX_RULES = 200;
  private static final TomlMapper MAPPER =
      TomlMapper.builder(
              TomlFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(10_000)
                          .build())
                  .build())
          .build();

  private PolicyReader() {}

  static PolicyRead read(String toml, String origin) {
    if (toml.length() > MAX_LENGTH) {
      return bad(1, 1, "The policy is longer than 1 MiB.");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(toml);
    } catch (JacksonException wrong) {
      TokenStreamLocation at = wrong.getLocation();
      String what = Complaints.printable(String.valueOf(wrong.getOriginalMessage()));
      return at == null
          ? bad(1, 1, "This is not TOML: " + what + ".")
          : bad(at.getLineNr(), at.getColumnNr(), "This is not TOML: " + what + ".");
    }
    Complaints complaints = new Complaints(TomlKeys.places(toml));
    Table table = new Table(root, "", complaints);
    table.number("version", 1, 1, 1);
    List<Clause> clauses = clauses(table.table("rules"));
    List<Example> examples = examples(table, clauses);
    table.close();
    if (complaints.hasErrors()) {
      return new PolicyRead.Bad(complaints.all());
    }
    Policy policy = new Policy(sha256(toml).hex(), origin, clauses, examples);
    warn(policy, complaints);
    return new PolicyRead.Good(policy, complaints.all());
  }

  private static List<Clause> clauses(Table rules) {
    List<Clause> clauses = new ArrayList<>();
    for (String name : rules.keys()) {
      RuleReader.read(name, rules.table(name)).ifPresent(clauses::add);
    }
    if (rules.keys().size() > MAX_RULES) {
      rules.complain("", "There are more than " + MAX_RULES + " rules.");
    }
    return clauses;
  }

  private static List<Example> examples(Table table, List<Clause> clauses) {
    Set<String> names = new HashSet<>(Set.of(HandBlocks.NAME));
    clauses.forEach(clause -> names.add(clause.name()));
    List<Example> examples = new ArrayList<>();
    for (Table test : table.tables("tests")) {
      examples.add(ExampleReader.read(test, examples.size() + 1, names));
    }
    return examples;
  }

  private static void warn(Policy policy, Complaints complaints) {
    if (policy.blocksEverything()) {
      complaints.warning(
          policy.culprit().map(name -> "rules." + name).orElse(""),
          "This policy would let nothing through, not even an old wheel of a well-known project that"
              + " nobody complains about.");
    }
    if (policy.rules().stream().noneMatch(rule -> rule.rule().equals("known-malware"))) {
      complaints.warning("", "This policy has no rule known-malware.");
    }
  }

  private static PolicyRead bad(int line, int column, String sentence) {
    return new PolicyRead.Bad(List.of(new Problem(Kind.ERROR, line, column, sentence)));
  }

  private static Sha256 sha256(String text) {
    try {
      return Sha256.of(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
