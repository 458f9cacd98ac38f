package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Judgement;
import dev.wellhead.server.catalog.HeldFile;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was decided about the files of a project, and until when that holds.
public final class Verdicts {
  private final String project;
  private final long revision;
  private final long number;
  private final Instant decided;
  private final Instant validUntil;
  private final Map<Key, Ruling> rulings;
  private final @Nullable String whole;

  /// A file of a project: a name may have stood for several.
  record Key(String filename, String identity) {
    static Key of(HeldFile file) {
      return new Key(file.entry().filename(), file.identity());
    }
  }

  /// @param revision of the project that was judged
  /// @param number what [Changes] said before
  /// @param whole why the project is bad as a whole, or null
  Verdicts(
      String project,
      long revision,
      long number,
      Instant decided,
      Instant validUntil,
      Map<Key, Ruling> rulings,
      @Nullable String whole) {
    this.project = project;
    this.revision = revision;
    this.number = number;
    this.decided = decided;
    this.validUntil = validUntil;
    this.rulings = rulings;
    this.whole = whole;
  }

  /// What was decided about a file of this project.
  public Ruling of(HeldFile file) {
    Ruling ruling = rulings.get(Key.of(file));
    if (ruling == null) {
      throw new IllegalArgumentException("was not judged: " + file.entry().filename());
    }
    return ruling;
  }

  /// The same, or null where the file was not there when it was decided.
  public @Nullable Ruling find(HeldFile file) {
    return rulings.get(Key.of(file));
  }

  /// Which revision of the project was judged.
  public long revision() {
    return revision;
  }

  /// The first instant at which something may be decided otherwise, whatever happens until then.
  public Instant validUntil() {
    return validUntil;
  }

  /// Why the project is bad as a whole: every file is blocked for what is said of the project. Null
  /// where it is not.
  public @Nullable String whole() {
    return whole;
  }

  /// Whether there is nothing to tell of any file.
  public boolean isPlain() {
    return rulings.values().stream()
        .allMatch(ruling -> ruling.isServed() && ruling.judgement().findings().isEmpty());
  }

  /// How many files were judged.
  public int size() {
    return rulings.size();
  }

  String project() {
    return project;
  }

  long number() {
    return number;
  }

  /// A clock that was set back says nothing of what was decided later than it.
  boolean holdsAt(Instant now) {
    return !now.isBefore(decided) && now.isBefore(validUntil);
  }

  /// What was decided about one file.
  ///
  /// @param token the short address of the page that tells why; empty where there is nothing to
  ///   tell
  public record Ruling(Judgement judgement, String token) {
    /// Whether the file's bytes and metadata may leave, as far as can be said without the bytes.
    public boolean isServed() {
      return judgement.verdict().isServed() || judgement.awaitsArrival();
    }
  }
}
