package dev.wellhead.server.index;

import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.firewall.Verdicts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A project as a view shows it now, for pages for people.
///
/// @param source the source that answers for it; of a joined project the first one that has it
/// @param joined the sources whose files are joined under this name, in their order; empty where
///   one source answers alone
/// @param project with its files; those of joined sources are merged as on the page
/// @param standing in a sentence: fresh, stale since when and why, or reserved
/// @param rulings what the gate says of the files
public record Look(
    String source, List<String> joined, HeldProject project, String standing, Rulings rulings) {
  public Look {
    joined = List.copyOf(joined);
  }

  /// What the gate says of the files of a project.
  public static final class Rulings {
    static final Rulings NONE = new Rulings(null);

    private final View.@Nullable Shown shown;

    Rulings(View.@Nullable Shown shown) {
      this.shown = shown;
    }

    /// Of one of the project's files; empty where none of it was judged.
    public Optional<Verdicts.Ruling> of(HeldFile file) {
      return shown == null ? Optional.empty() : Optional.ofNullable(shown.ruling(file));
    }

    /// Whether what lies in the file may be shown.
    public boolean isOpen(HeldFile file) {
      return of(file).filter(ruling -> ruling.judgement().verdict().isServed()).isPresent();
    }

    View.@Nullable Shown shown() {
      return shown;
    }
  }
}
