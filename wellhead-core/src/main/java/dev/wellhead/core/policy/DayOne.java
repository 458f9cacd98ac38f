package dev.wellhead.core.policy;

/// Writes the policy that a house starts with.
final class DayOne {
  private static final String HEAD =
      """
      # The policy of this house: which files are let through, and what is said about the others.
      # `wellhead policy check FILE` reads it, `wellhead policy test FILE` runs the tests below.
      # mode: off, observe (recorded only), warn (served, and told), enforce.
      version = 1

      # Records of malware are weighed: two sources, the upstream's own removal, or a project that is
      # neither popular nor in use here: blocked. One source alone against any other: held.
      [rules.known-malware]
      mode = "enforce"
      @malware@
      # A file's name stands for its bytes for ever.
      [rules.changed-hash]
      mode = "enforce"

      # Names that are reserved for projects of this house come from nowhere else.
      [rules.name-confusion]
      mode = "enforce"

      # What the upstream has taken down is not handed out here either.
      [rules.upstream-removal]
      mode = "enforce"

      # Most poisoned releases are found within days. What was in use before is exempt, see
      # `wellhead policy adopt`.
      [rules.cooldown]
      mode = "enforce"
      age = "72h"

      # A project that has shown where its files come from does not go back.
      [rules.trust]
      mode = "warn"
      @trust@
      # On first use only.
      [rules.lookalike]
      mode = "warn"
      @lookalike@
      # Rated critical, or known to be exploited, where another version fixes it.
      [rules.vulnerability]
      mode = "warn"
      rating = "critical"
      fix-exists = true
      @vulnerability@
      [rules.licence]
      mode = "observe"
      deny = ["AGPL-*"]

      [rules.file-kind]
      mode = "observe"
      sdist-only = true
      native-code-new = true

      [rules.python-tag]
      mode = "observe"
      deny = ["py2", "cp2*"]

      [rules.size]
      mode = "observe"
      max = "1 GiB"
      """;

  private static final String TESTS =
      """

      [[tests]]
      name = "two sources are believed"
      [tests.given]
      project = "example"
      advisories = [{ id = "MAL-0000-1", sources = ["one", "two"] }]
      [tests.expect]
      verdict = "block"
      rule = "known-malware"

      [[tests]]
      name = "one source alone against a project in use is held"
      [tests.given]
      advisories = [{ id = "MAL-0000-1", sources = ["one"] }]
      [tests.expect]
      verdict = "hold"
      rule = "known-malware"

      [[tests]]
      name = "a withdrawn record frees"
      [tests.given]
      advisories = [{ id = "MAL-0000-1", sources = ["one", "two"], withdrawn = true }]
      [tests.expect]
      verdict = "allow"

      [[tests]]
      name = "a young file is held"
      [tests.given]
      upload-time = "-3h"
      [tests.expect]
      verdict = "hold"
      rule = "cooldown"

      [[tests]]
      name = "a young file that was in use before is not"
      [tests.given]
      upload-time = "-3h"
      adopted = true
      [tests.expect]
      verdict = "allow"

      [[tests]]
      name = "other bytes under an old name are blocked"
      [tests.given]
      changed-hash = true
      [tests.expect]
      verdict = "block"
      rule = "changed-hash"

      [[tests]]
      name = "a reserved name from elsewhere is blocked"
      [tests.given]
      reserved = true
      [tests.expect]
      verdict = "block"
      rule = "name-confusion"

      [[tests]]
      name = "what the upstream has taken down is blocked"
      [tests.given]
      upstream-state = "file-removed"
      [tests.expect]
      verdict = "block"
      rule = "upstream-removal"

      [[tests]]
      name = "lost provenance is told"
      [tests.given]
      provenance = "lost"
      [tests.expect]
      verdict = "warn"
      rule = "trust"

      [[tests]]
      name = "an old file that nobody complains about is let through"
      [tests.given]
      project = "six"
      [tests.expect]
      verdict = "allow"
      """;

  private DayOne() {}

  static String text(UpstreamGives gives) {
    return HEAD.replace(
                "@malware@\n",
                forgive(
                    gives.advisories(),
                    "advisories",
                    "No advisories are loaded yet: until this line is taken out, the rule stops"
                        + " nothing without them."))
            .replace(
                "@trust@\n",
                forgive(gives.provenance(), "provenance", "The upstream gives no provenance."))
            .replace(
                "@lookalike@\n",
                forgive(gives.popularity(), "lookalike", "No list of popular projects is loaded."))
            .replace(
                "@vulnerability@\n",
                forgive(gives.advisories(), "advisories", "No advisories are loaded yet."))
        + TESTS;
  }

  private static String forgive(boolean given, String fact, String why) {
    return given ? "" : "# " + why + "\nforgive = [\"" + fact + "\"]\n";
  }
}
