package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.ProjectName;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices an index that seems to be none.
///
/// A URL that is nearly right answers 404 to everything, quickly and in good health, and nobody can
/// tell that from an index without the projects that were asked for. So after a few that are all
/// absent it is said once, until one is there. Nothing is asked to find out.
final class Doubts {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
  private static final int ENOUGH = 5;

  private final URI index;
  // Guarded by this, as all below.
  private final Set<ProjectName> absent = new TreeSet<>();
  private boolean isSettled;

  Doubts(URI index) {
    this.index = index;
  }

  /// Takes note of an answer, and gives it back.
  PageAnswer noted(ProjectName project, PageAnswer answer) {
    switch (answer) {
      case PageAnswer.Fresh _, PageAnswer.Unchanged _ -> settle();
      case PageAnswer.Absent _ -> add(project);
      case PageAnswer.Refused _, PageAnswer.Unreachable _ -> {
        // Said elsewhere, and no word about whether the index has projects.
      }
    }
    return answer;
  }

  /// The same for the list of all names.
  NamesAnswer noted(NamesAnswer answer) {
    if (answer instanceof NamesAnswer.Fresh || answer instanceof NamesAnswer.Unchanged) {
      settle();
    }
    return answer;
  }

  /// A further sentence about the state of the upstream, with a space before it, or nothing.
  synchronized String remark() {
    return absent.size() < ENOUGH
        ? ""
        : " But it has none of the first "
            + ENOUGH
            + " projects that were asked for: is its URL the folder that holds the project pages,"
            + " such as https://pypi.org/simple/ (setting `upstream.index`)?";
  }

  private synchronized void settle() {
    isSettled = true;
    absent.clear();
  }

  private synchronized void add(ProjectName project) {
    if (!isSettled && absent.size() < ENOUGH && absent.add(project) && absent.size() == ENOUGH) {
      LOG.warn(
          "{} has none of the first {} projects that were asked for ({}): is that the folder that"
              + " holds the project pages (setting upstream.index)?",
          index,
          ENOUGH,
          absent);
    }
  }
}
