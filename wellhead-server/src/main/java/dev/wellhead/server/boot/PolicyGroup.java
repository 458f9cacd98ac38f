package dev.wellhead.server.boot;

import dev.wellhead.core.policy.Policy;
import dev.wellhead.core.policy.PolicyRead;
import dev.wellhead.core.policy.Problem;
import dev.wellhead.core.policy.TestResult;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.PinnedDigests;
import dev.wellhead.server.firewall.Policies;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wellhead policy`: what may leave, as a file under version control.
@Command(
    name = "policy",
    description = "Checks, tries and loads the policy: what may leave this index, and why.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class,
    subcommands = {
      PolicyGroup.Check.class,
      PolicyGroup.TestVerb.class,
      PolicyGroup.Load.class,
      PolicyGroup.Show.class,
      PolicyGroup.Adopt.class
    })
final class PolicyGroup implements Runnable {
  private static final long LONGEST = 1 << 20;
  private static final long LONGEST_PINS = 64 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: wellhead policy check, test, load, show or adopt.");
  }

  /// `wellhead policy check FILE`.
  @Command(
      name = "check",
      description = "Says what is wrong with a policy file, everything at once.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Check extends AdminVerb {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    private String file = "";

    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, IOException {
      Path path = console.directory().resolve(file);
      PolicyRead read = Policy.parse(text(path, LONGEST), path.toString());
      return told(read, path, console)
          .map(policy -> {
            console.out("%s: %d rules, no errors.".formatted(path, policy.rules().size()));
            return 0;
          })
          .orElse(1);
    }
  }

  /// `wellhead policy test FILE`.
  @Command(
      name = "test",
      description = "Runs the tests that a policy file holds.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class TestVerb extends AdminVerb {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    private String file = "";

    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, IOException {
      Path path = console.directory().resolve(file);
      PolicyRead read = Policy.parse(text(path, LONGEST), path.toString());
      Optional<Policy> policy = told(read, path, console);
      if (policy.isEmpty()) {
        return 1;
      }
      List<TestResult> results = policy.get().test();
      long failed = results.stream().filter(result -> !result.passed()).count();
      for (TestResult result : results) {
        if (!result.passed()) {
          console.err(
              "%s:%d: %s: %s".formatted(path, result.line(), result.name(), result.sentence()));
        }
      }
      console.out("%d passed, %d failed".formatted(results.size() - failed, failed));
      return results.isEmpty() || failed > 0 ? 1 : 0;
    }
  }

  /// `wellhead policy load FILE`.
  @Command(
      name = "load",
      description = {
        "Puts a policy in force. One with errors changes nothing; `policy test` runs its own tests.",
        "Without this verb, the file of the setting firewall.policy is read again when it changes."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Load extends AdminVerb {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    private String file = "";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      Path path = console.directory().resolve(file);
      PolicyRead read = rooms.policies().load(text(path, LONGEST), path.toString());
      Optional<Policy> policy = told(read, path, console);
      policy.ifPresent(loaded ->
          console.out(
              "In force: %s, SHA-256 %s, %d rules."
                  .formatted(path, loaded.sha256(), loaded.rules().size())));
      return policy.isPresent() ? 0 : 1;
    }
  }

  /// `wellhead policy show`.
  @Command(
      name = "show",
      description = "Prints the policy that is in force, and where it is from.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Show extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws DatabaseFault {
      Optional<Policies.Load> loaded = rooms.policies().loaded();
      if (loaded.isEmpty()) {
        console.err(
            "No policy was ever loaded: only what was blocked by hand is kept from leaving. Begin"
                + " with `wellhead init`.");
        return 1;
      }
      console.err(
          "Loaded %s from %s, SHA-256 %s."
              .formatted(loaded.get().at(), loaded.get().origin(), loaded.get().sha256()));
      loaded.get().text().lines().forEach(console::out);
      return 0;
    }
  }

  /// `wellhead policy adopt FILE`.
  @Command(
      name = "adopt",
      description = {
        "Takes the files that a lock file names as in use: no cooldown holds them.",
        "Reads requirements files with hashes, and pylock.toml."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Adopt extends AdminVerb {
    @Parameters(paramLabel = "FILE", description = "A lock file with SHA-256 digests.")
    private String file = "";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      Path path = console.directory().resolve(file);
      Set<Sha256> digests = PinnedDigests.of(text(path, LONGEST_PINS));
      if (digests.isEmpty()) {
        throw new RefusedException(
            path
                + " names no SHA-256: `pip-compile --generate-hashes`, `uv pip compile"
                + " --generate-hashes` and `uv export` write files that do.");
      }
      int added = rooms.adopted().add(digests, path.toString());
      console.out(
          "%d files named, %d of them new among those in use.".formatted(digests.size(), added));
      return 0;
    }
  }

  private static Optional<Policy> told(PolicyRead read, Path path, AdminConsole console) {
    return switch (read) {
      case PolicyRead.Good(Policy policy, List<Problem> warnings) -> {
        warnings.forEach(warning -> console.err(line(path, warning)));
        yield Optional.of(policy);
      }
      case PolicyRead.Bad(List<Problem> problems) -> {
        problems.forEach(problem -> console.err(line(path, problem)));
        yield Optional.empty();
      }
    };
  }

  private static String line(Path path, Problem problem) {
    return "%s:%d:%d: %s".formatted(path, problem.line(), problem.column(), problem.sentence());
  }

  static String text(Path path, long longest) throws RefusedException, IOException {
    if (!Files.isRegularFile(path)) {
      throw new RefusedException("There is no file " + path + ".");
    }
    if (Files.size(path) > longest) {
      throw new RefusedException(path + " is longer than " + longest + " bytes.");
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new RefusedException(path + " is no text in UTF-8.");
    }
  }
}
