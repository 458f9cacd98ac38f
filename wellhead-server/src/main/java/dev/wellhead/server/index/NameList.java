package dev.wellhead.server.index;

import dev.wellhead.core.pypi.MalformedPageException;
import dev.wellhead.core.pypi.PackedNames;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.upstream.NamesAnswer;
import dev.wellhead.server.upstream.Validators;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names of all projects of another index, in a file: sorted, normalized, one on each line.
///
/// The names are in memory, packed, while the file is made, and only then. What the list was made
/// from lies beside it, so that after a start it need not be fetched anew, and serves on while the
/// source cannot be asked.
final class NameList {
  private static final Logger LOG = LoggerFactory.getLogger(NameList.class);
  static final String ENDING = ".names";

  private final Source.Asked source;
  private final Path folder;
  private final Duration retryAfter;
  private final InstantSource clock;
  private final SingleFlight<String, Outcome> questions = new SingleFlight<>();
  private volatile @Nullable Listed listed;
  private volatile @Nullable Failed failed;
  // Touched by the one question that is under way.
  private @Nullable Path replaced;

  /// @param folder of this list alone
  NameList(Source.Asked source, Path folder, Duration retryAfter, InstantSource clock) {
    this.source = source;
    this.folder = folder;
    this.retryAfter = retryAfter;
    this.clock = clock;
  }

  /// What came of looking for the list.
  sealed interface Outcome {
    /// When the source is to be asked again.
    Instant validUntil();
  }

  /// The list, in `file`, where it stays until the second one after it comes.
  ///
  /// @param isStale whether the source could not confirm it when it was asked last
  record Listed(
      Validators validators, Path file, Instant confirmed, Instant validUntil, boolean isStale)
      implements Outcome {}

  /// That there is none, for a while: it is long, and must not be fetched for each request.
  record Failed(NamesAnswer answer, Instant validUntil) implements Outcome {}

  /// The list now; asks where what is known no longer counts.
  Outcome current() throws Exception {
    return remembered().isPresent() ? remembered().get() : questions.run("", this::renew);
  }

  /// The file of the newest list that is here, also of one that an earlier start left; empty where
  /// there is none to go by. Asks nobody.
  Optional<Path> file() {
    Listed known = listed == null ? ListMemory.read(folder) : listed;
    return Optional.ofNullable(known).map(Listed::file);
  }

  private Optional<Outcome> remembered() {
    Outcome known = listed != null ? listed : failed;
    return Optional.ofNullable(known).filter(it -> clock.instant().isBefore(it.validUntil()));
  }

  private Outcome renew() throws IOException {
    Path raw = folder.resolve("raw");
    Files.createDirectories(folder);
    Listed known = listed == null ? ListMemory.read(folder) : listed;
    Instant now = clock.instant();
    try {
      NamesAnswer answer = source.upstream().names(known == null ? null : known.validators(), raw);
      now = clock.instant();
      Instant until = now.plus(source.freshFor());
      return switch (answer) {
        case NamesAnswer.Fresh(Validators validators, long _) ->
            keep(new Listed(validators, keep(raw, validators), now, until, false), known);
        case NamesAnswer.Unchanged(Validators validators) when known != null ->
            keep(new Listed(validators, known.file(), now, until, false), known);
        case NamesAnswer.Unchanged _ ->
            throw new IllegalStateException("unchanged, though no list was known");
        case NamesAnswer.Absent _, NamesAnswer.Refused _, NamesAnswer.Unreachable _ ->
            fail(answer, known, now);
      };
    } catch (MalformedPageException e) {
      return fail(new NamesAnswer.Refused(String.valueOf(e.getMessage())), known, now);
    } catch (IOException e) {
      if (known == null) {
        throw e;
      }
      LOG.warn("a new list of projects could not be kept, the last one is served on", e);
      return fail(new NamesAnswer.Unreachable("the list could not be kept here", null), known, now);
    }
  }

  private Listed keep(Listed fresh, @Nullable Listed before) throws IOException {
    ListMemory.write(folder, fresh);
    listed = fresh;
    failed = null;
    if (before != null && !before.file().equals(fresh.file())) {
      Path older = replaced;
      replaced = before.file(); // somebody may be about to open it
      if (older != null && !older.equals(fresh.file())) {
        Files.deleteIfExists(older);
      }
    }
    return fresh;
  }

  private Outcome fail(NamesAnswer answer, @Nullable Listed known, Instant now) {
    Instant again = now.plus(retryAfter);
    if (known == null) {
      failed = new Failed(answer, again);
      return new Failed(answer, again);
    }
    Listed stale = new Listed(known.validators(), known.file(), known.confirmed(), again, true);
    listed = stale;
    return stale;
  }

  private Path keep(Path raw, Validators validators) throws IOException, MalformedPageException {
    // Names that no client could ask for are left out; order and doubles of the source do not
    // count.
    PackedNames.Builder names = new PackedNames.Builder();
    AtomicBoolean full = new AtomicBoolean();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(raw), 1 << 16)) {
      SimpleJson.parseNames(
          in,
          PageLimits.ofNames(),
          name ->
              ProjectName.of(name)
                  .filter(valid -> !names.add(valid))
                  .ifPresent(_ -> full.set(true)));
    }
    if (full.get()) {
      throw new MalformedPageException("the list of projects is longer than any index needs");
    }
    Path draft = folder.resolve("draft");
    Files.write(draft, names.build());
    Files.delete(raw);
    return Files.move(
        draft,
        folder.resolve(validators.bodySha256() + ENDING),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
