package dev.wellhead.server.boot;

import dev.wellhead.core.policy.Policy;
import dev.wellhead.core.policy.PolicyRead;
import dev.wellhead.core.policy.UpstreamGives;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.Policies;
import dev.wellhead.server.upstream.PageAnswer;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `wellhead init`: the policy of the first day.
@Command(
    name = "init",
    description = {
      "Asks the upstream what it gives, and writes a policy that breaks no build: what is certain"
          + " is enforced, the rest warns or is only observed.",
      "Never replaces a policy that is there."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class InitVerb extends AdminVerb {
  /// Projects that most indexes have; each is asked for until one is found.
  private static final List<String> PROBES = List.of("pip", "six", "requests", "packaging");

  @Option(
      names = "--no-load",
      description = "Writes the file and leaves it to somebody to load it.")
  private boolean noLoad;

  @Override
  Work work() {
    return Work.CHANGES;
  }

  @Override
  int run(AdminRooms rooms, AdminConsole console)
      throws RefusedException, DatabaseFault, IOException {
    Path file = rooms.wiring().policyFile();
    UpstreamGives gives = gives(rooms, console);
    String text = Policy.dayOne(gives);
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException("There is a policy already, " + file + ": it was left as it is.");
    }
    console.out("Wrote " + file + ". Put it under version control.");
    if (noLoad) {
      return 0;
    }
    PolicyRead read = rooms.policies().load(text, file.toString());
    if (read instanceof PolicyRead.Bad(var problems)) {
      throw new IllegalStateException("the policy of the first day is refused: " + problems);
    }
    console.out("It is in force.");
    if (rooms.adopted().count() == 0) {
      console.out(
          "Nothing was fetched here before, so that nobody knows what is in use: the cooldown only"
              + " warns until %s. `wellhead policy adopt FILE` takes in a lock file."
                  .formatted(Policies.learnsUntil(rooms.entropy().clock().instant())));
    }
    return 0;
  }

  private static UpstreamGives gives(AdminRooms rooms, AdminConsole console)
      throws RefusedException {
    Entropy entropy = rooms.entropy();
    Surroundings surroundings =
        new Surroundings(
            entropy.clock(),
            entropy.ticker(),
            entropy.random(),
            entropy.pause(),
            entropy.resolver(),
            new SimpleMeterRegistry());
    try (Upstream upstream = Upstream.open(rooms.wiring().upstream(), surroundings)) {
      for (String probe : PROBES) {
        PageAnswer answer = upstream.page(ProjectName.of(probe).orElseThrow(), null);
        if (answer instanceof PageAnswer.Fresh fresh && !fresh.page().files().isEmpty()) {
          UpstreamGives gives = gives(fresh.page());
          console.out(
              "The page of %s: upload times %s, sizes %s, provenance %s."
                  .formatted(
                      probe,
                      word(gives.uploadTimes()),
                      word(gives.sizes()),
                      word(gives.provenance())));
          return gives;
        }
      }
    } catch (UpstreamRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
    console.err(
        "The upstream showed no page of "
            + String.join(", ", PROBES)
            + ": the policy is written as if it gave nothing.");
    return new UpstreamGives(false, false, false, false, false, false);
  }

  private static String word(boolean given) {
    return given ? "given" : "not given";
  }

  private static UpstreamGives gives(ProjectPage page) {
    List<FileEntry> files = page.files();
    return new UpstreamGives(
        files.stream().allMatch(file -> file.uploadTime() instanceof UploadTime.Stated),
        files.stream().allMatch(file -> file.size() != null),
        files.stream().anyMatch(file -> file.provenance() != null),
        page.lastSerial() != null,
        false,
        false);
  }
}
