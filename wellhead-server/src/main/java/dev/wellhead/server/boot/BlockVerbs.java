package dev.wellhead.server.boot;

import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.BlockPattern;
import dev.wellhead.server.firewall.HandDecisions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs that block projects, releases and files by hand.
final class BlockVerbs {
  private static final int LONGEST_REASON = 500;
  private static final String WHO = "the administrator, at the server's machine";

  private BlockVerbs() {}

  /// `wellhead block PATTERN`.
  @Command(
      name = "block",
      description = {
        "Keeps a project, one of its releases or a file from being served, in every view, within a"
            + " second.",
        "Clients are told the reason."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Block extends AdminVerb {
    @Parameters(
        paramLabel = "PATTERN",
        description = "A project (evil), a release (evil==1.0) or a file's SHA-256.")
    private String pattern = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "What people read who ask for it.")
    private String reason = "";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      BlockPattern wanted = pattern(pattern);
      rooms.decisions().block(wanted, reason(reason), WHO);
      console.out("Blocked: " + wanted + ". Take it back with: wellhead unblock " + wanted);
      return 0;
    }
  }

  /// `wellhead unblock PATTERN`.
  @Command(
      name = "unblock",
      description = "Takes a block by hand back. What the policy blocks stays blocked.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Unblock extends AdminVerb {
    @Parameters(paramLabel = "PATTERN", description = "As it was blocked.")
    private String pattern = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "What people read later who ask why.")
    private String reason = "";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      BlockPattern wanted = pattern(pattern);
      if (!rooms.decisions().unblock(wanted, reason(reason), WHO)) {
        throw new RefusedException(
            "There is no block " + wanted + ": `wellhead blocked` lists them.");
      }
      console.out("No longer blocked: " + wanted + ".");
      return 0;
    }
  }

  /// `wellhead blocked`.
  @Command(
      name = "blocked",
      description = "Lists what is blocked by hand.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class ListBlocked extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws DatabaseFault {
      HandDecisions decisions = rooms.decisions();
      for (HandBlock block : decisions.blocks()) {
        console.out(
            "%s since %s by %s: %s"
                .formatted(block.pattern(), block.since(), block.by(), block.reason()));
      }
      return 0;
    }
  }

  private static BlockPattern pattern(String text) throws RefusedException {
    return BlockPattern.of(text)
        .orElseThrow(() ->
            new RefusedException(
                AdminConsole.plain(text)
                    + " is neither the name of a project (such as six), nor a release with a version"
                    + " of PEP 440 (such as six==1.0), nor a SHA-256 (64 hexadecimal digits)."));
  }

  private static String reason(String text) throws RefusedException {
    String plain = AdminConsole.plain(text).strip();
    if (plain.isEmpty() || plain.length() > LONGEST_REASON) {
      throw new RefusedException("A reason has 1 to " + LONGEST_REASON + " characters.");
    }
    return plain;
  }
}
