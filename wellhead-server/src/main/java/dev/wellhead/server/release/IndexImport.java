package dev.wellhead.server.release;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MalformedPageException;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.upstream.NamesAnswer;
import dev.wellhead.server.upstream.PageAnswer;
import dev.wellhead.server.upstream.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes in the projects of another index, with the upload times, yanks and statuses that it
/// states.
///
/// May be stopped at any point, by a kill too, and run again: it then goes on where it was, and the
/// end is the same. A file that is hosted already, by its name and the stated digest, is not asked
/// for; one whose bytes are kept here for another reason is taken from there.
public final class IndexImport {
  private final Upstream upstream;
  private final ImportGround ground;
  private final ImportWatch watch;
  private final Conveyor conveyor;
  private final Reach reach = new Reach();

  private IndexImport(
      Upstream upstream, ImportGround ground, ImportWatch watch, Conveyor conveyor) {
    this.upstream = upstream;
    this.ground = ground;
    this.watch = watch;
    this.conveyor = conveyor;
  }

  /// What an index offers, or why nobody can tell.
  ///
  /// @param unusable names on its list that can be none of projects
  public record Offer(List<ProjectName> projects, List<String> unusable, @Nullable String why) {
    public Offer {
      projects = List.copyOf(projects);
      unusable = List.copyOf(unusable);
    }
  }

  /// All projects on an index's list.
  ///
  /// @param temporary a file to keep the list in meanwhile; the `IOException` is that of it
  public static Offer offer(Upstream upstream, Path temporary) throws IOException {
    return switch (upstream.names(null, temporary)) {
      case NamesAnswer.Fresh _, NamesAnswer.Unchanged _ -> listed(temporary);
      case NamesAnswer.Absent(int status) ->
          none("The index has no list of projects: it answered " + status + ".");
      case NamesAnswer.Refused(String why) -> none(why);
      case NamesAnswer.Unreachable(String why, var _) -> none(why);
    };
  }

  /// Imports these projects. The `IOException` is that of our own disk.
  public static ImportSummary run(
      Upstream upstream, Offer offer, ImportGround ground, ImportWatch watch)
      throws DatabaseFault, IOException {
    try (Conveyor conveyor = new Conveyor(ground, watch)) {
      return new IndexImport(upstream, ground, watch, conveyor).take(offer);
    }
  }

  private static Offer listed(Path file) throws IOException {
    TreeSet<ProjectName> names = new TreeSet<>();
    TreeSet<String> unusable = new TreeSet<>();
    try (InputStream in = Files.newInputStream(file)) {
      SimpleJson.parseNames(
          in,
          PageLimits.ofNames(),
          name -> ProjectName.of(name).ifPresentOrElse(names::add, () -> unusable.add(name)));
    } catch (MalformedPageException e) {
      return none("The index's list of projects cannot be read: " + e.getMessage());
    }
    return new Offer(List.copyOf(names), List.copyOf(unusable), null);
  }

  private static Offer none(String why) {
    return new Offer(List.of(), List.of(), Reach.inWords(why));
  }

  private ImportSummary take(Offer offer) throws DatabaseFault, IOException {
    for (String name : offer.unusable()) {
      conveyor.refuseProject(name, "This can be no project's name.");
    }
    int done = 0;
    boolean whole = true;
    for (ProjectName project : offer.projects()) {
      if (watch.cancelled() || reach.isLost()) {
        whole = false;
        break;
      }
      double fraction = (double) done / offer.projects().size();
      conveyor.pace(new Conveyor.Pace(done, offer.projects().size(), "projects", _ -> fraction));
      project(project);
      done++;
    }
    conveyor.clear();
    return conveyor.summary(0, whole && !reach.isLost());
  }

  private void project(ProjectName project) throws DatabaseFault, IOException {
    switch (upstream.page(project, null)) {
      case PageAnswer.Fresh(ProjectPage page, var _) -> {
        reach.answered();
        files(project, page);
      }
      case PageAnswer.Unchanged _ -> throw new IllegalStateException("asked without validators");
      case PageAnswer.Absent(int status) ->
          conveyor.refuseProject(
              project.normalized(), "The index has no such project: it answered " + status + ".");
      case PageAnswer.Refused(String why) ->
          conveyor.refuseProject(project.normalized(), Reach.inWords(why));
      case PageAnswer.Unreachable(String why, var _) -> {
        reach.failed();
        conveyor.refuseProject(project.normalized(), Reach.inWords(why));
      }
    }
  }

  private void files(ProjectName project, ProjectPage page) throws DatabaseFault, IOException {
    Map<String, String> hosted = new HashMap<>();
    Optional<HeldProject> held = ground.hosted().held(project);
    if (held.isPresent()) {
      for (HeldFile file : held.get().files()) {
        String identity = file.identity();
        hosted.put(
            file.entry().filename(), file.goneSince() == null ? identity : identity + ", deleted");
      }
    }
    IndexFile.Page listed = new IndexFile.Page(upstream, project, page.status(), reach);
    for (FileEntry entry : page.files()) {
      conveyor.put(new IndexFile(listed, entry, hosted.get(entry.filename()), ground));
    }
  }
}
