package dev.wellhead.server.index;

import dev.wellhead.core.archive.UnreadableArchiveException;
import dev.wellhead.core.archive.WheelMetadata;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.http.FileAnswer;
import dev.wellhead.server.http.FileEntity;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// METADATA of wheels beside the wheels (PEP 658, 714): for every wheel, whatever its source gives.
///
/// In this order: what the source's page states the digest of; out of the wheel where it is here;
/// what the source has beside the wheel; out of the wheel by ranges; out of the wheel, brought for
/// it. Where a page states a digest, other bytes are refused.
final class MetadataFiles {
  static final String ENDING = ".metadata";

  private static final int LONGEST = 8 << 20;
  private static final Map<String, String> HEADERS =
      Map.of("Cache-Control", "private, no-cache", "X-Content-Type-Options", "nosniff");

  private final Source source;
  private final Catalog catalog;
  private final Blobs blobs;
  private final Arrivals arrivals;
  private final InstantSource clock;
  private final SingleFlight<String, Outcome> readings = new SingleFlight<>();

  MetadataFiles(
      Source source, Catalog catalog, Blobs blobs, Arrivals arrivals, InstantSource clock) {
    this.source = source;
    this.catalog = catalog;
    this.blobs = blobs;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /// What came of looking for METADATA.
  sealed interface Outcome {
    /// Here it is.
    record Found(Blob blob) implements Outcome {}

    /// The wheel has none that can be read.
    record None(String why) implements Outcome {}

    /// The wheel could not be had.
    record Failed(Arrival.Failure failure) implements Outcome {}
  }

  /// The answer to a question for the `.metadata` of `found`.
  Response answer(Request request, Located.Found found) throws Exception {
    HeldFile file = found.file();
    if (!file.path().endsWith(".whl")) {
      return Refusals.problem(
          404,
          "No metadata file",
          "only wheels have a metadata file, and " + file.entry().filename() + " is none");
    }
    return switch (of(found.project(), file, found.sha256())) {
      case Outcome.Found(Blob blob) ->
          FileAnswer.of(
              request,
              new FileEntity(
                  blob.path(),
                  blob.length(),
                  Download.etag(blob.sha256()),
                  "application/octet-stream"),
              HEADERS);
      case Outcome.None(String why) -> Refusals.problem(404, "No metadata", why);
      case Outcome.Failed(Arrival.Failure failure) -> Refusals.of(failure, file, clock.instant());
    };
  }

  /// The METADATA of a wheel; however many ask at once, it is looked for once.
  Outcome of(ProjectName project, HeldFile wheel, Sha256 sha256) throws Exception {
    return readings.run(
        project + "/" + place(wheel, sha256),
        () ->
            wheel.entry().metadataFile() instanceof MetadataFile.Hashed(Sha256 stated)
                ? stated(project, wheel, sha256, stated)
                : unstated(project, wheel, sha256));
  }

  /// The page says which digest METADATA has, and nothing else is handed out.
  private Outcome stated(ProjectName project, HeldFile wheel, Sha256 sha256, Sha256 stated)
      throws Exception {
    Optional<Blob> here = blobs.borrow(stated, clock.instant());
    if (here.isEmpty() && catalog.metadataOf(source.id(), sha256.hex()).isEmpty()) {
      here = beside(project, wheel, sha256);
      if (here.isEmpty()) {
        here = byRanges(project, wheel, sha256).filter(blob -> blob.sha256().equals(stated));
      }
    }
    if (here.isPresent()) {
      return new Outcome.Found(here.get());
    }
    return switch (whole(project, wheel, sha256)) {
      case Outcome.Found(Blob blob) when !blob.sha256().equals(stated) ->
          new Outcome.Failed(
              new Arrival.Failure.Refused(
                  "METADATA of "
                      + wheel.entry().filename()
                      + " has the SHA-256 "
                      + blob.sha256().hex()
                      + ", but the upstream's page says "
                      + stated.hex()));
      case Outcome outcome -> outcome;
    };
  }

  /// Nobody says which digest METADATA has: what was read from the wheel itself comes first, what
  /// the source said elsewhere only while the wheel is not here.
  private Outcome unstated(ProjectName project, HeldFile wheel, Sha256 sha256) throws Exception {
    if (learned(sha256.hex()).isPresent() || blobs.find(sha256).isPresent()) {
      return whole(project, wheel, sha256);
    }
    Optional<Blob> unsure = learned(place(wheel, sha256));
    if (unsure.isEmpty()) {
      unsure = beside(project, wheel, sha256);
    }
    if (unsure.isEmpty()) {
      unsure = byRanges(project, wheel, sha256);
    }
    return unsure.isPresent() ? new Outcome.Found(unsure.get()) : whole(project, wheel, sha256);
  }

  /// Out of the wheel, whose digest was right.
  private Outcome whole(ProjectName project, HeldFile wheel, Sha256 sha256) throws Exception {
    Optional<Blob> learned = learned(sha256.hex());
    if (learned.isPresent()) {
      return new Outcome.Found(learned.get());
    }
    return switch (arrivals.of(wheel, sha256).awaitEnd()) {
      case Arrival.State.Kept(Blob blob) -> outOf(blob, project, wheel, sha256);
      case Arrival.State.Failed(Arrival.Failure failure) -> new Outcome.Failed(failure);
      case Arrival.State.Asked _, Arrival.State.Coming _ ->
          throw new IllegalStateException("waited for the end and got none");
    };
  }

  private Optional<Blob> learned(String wheel) throws DatabaseFault, IOException {
    Optional<Sha256> learned = catalog.metadataOf(source.id(), wheel);
    return learned.isPresent() ? blobs.borrow(learned.get(), clock.instant()) : Optional.empty();
  }

  /// What was not read from the wheel itself counts for this place alone, so that no second page
  /// that gives the same digest can speak for it.
  private static String place(HeldFile wheel, Sha256 sha256) {
    return sha256.hex() + "@" + wheel.path();
  }

  private Outcome outOf(Blob wheel, ProjectName project, HeldFile file, Sha256 sha256)
      throws DatabaseFault, IOException {
    try (FileChannel channel = FileChannel.open(wheel.path(), StandardOpenOption.READ)) {
      return new Outcome.Found(read(channel, project, sha256.hex(), "wheel"));
    } catch (UnreadableArchiveException e) {
      return new Outcome.None(file.entry().filename() + " has no METADATA: " + e.getMessage());
    }
  }

  private Optional<Blob> byRanges(ProjectName project, HeldFile file, Sha256 sha256)
      throws DatabaseFault, IOException {
    URI url = URI.create(file.entry().url());
    if (!(source instanceof Source.Asked asked)
        || !(RangeChannel.open(asked.upstream(), url)
            instanceof RangeChannel.Opened.Ranges(RangeChannel channel))) {
      return Optional.empty();
    }
    try (channel) {
      return Optional.of(read(channel, project, place(file, sha256), "ranges"));
    } catch (UnreadableArchiveException | RangeChannelException e) {
      return Optional.empty(); // then the whole wheel is brought, and says the same or better
    }
  }

  private Blob read(SeekableByteChannel wheel, ProjectName project, String key, String origin)
      throws UnreadableArchiveException, DatabaseFault, IOException {
    byte[] bytes = WheelMetadata.read(wheel, project);
    try (Incoming incoming = blobs.receive()) {
      incoming.write(ByteBuffer.wrap(bytes));
      return keep(incoming, project, key, origin);
    }
  }

  private Optional<Blob> beside(ProjectName project, HeldFile wheel, Sha256 sha256)
      throws DatabaseFault, IOException {
    MetadataFile said = wheel.entry().metadataFile();
    if (said instanceof MetadataFile.Absent || !(source instanceof Source.Asked asked)) {
      return Optional.empty();
    }
    URI url = URI.create(wheel.entry().url() + ENDING);
    if (!(asked.upstream().file(url)
        instanceof dev.wellhead.server.upstream.FileAnswer.Open(InputStream body, long length))) {
      return Optional.empty();
    }
    try (body;
        Incoming incoming = blobs.receive()) {
      if (length > LONGEST || !copied(body, incoming)) {
        return Optional.empty();
      }
      boolean fits =
          said instanceof MetadataFile.Hashed(Sha256 stated)
              ? incoming.digest().equals(stated)
              : isOf(project, wheel, Files.readAllBytes(incoming.path()));
      return fits
          ? Optional.of(keep(incoming, project, place(wheel, sha256), "beside"))
          : Optional.empty(); // the wheel decides
    }
  }

  /// Whether this is METADATA of the wheel at all: many servers answer what they do not have with
  /// 200 and a page for people.
  private static boolean isOf(ProjectName project, HeldFile wheel, byte[] bytes) {
    Optional<MetadataDocument> document = MetadataDocument.parse(bytes).toOptional();
    Optional<Version> version = document.flatMap(MetadataDocument::version).flatMap(Version::parse);
    return document
            .flatMap(MetadataDocument::name)
            .flatMap(ProjectName::of)
            .equals(Optional.of(project))
        && version.isPresent()
        && version.equals(Versions.of(project, wheel.entry().filename()).flatMap(Version::parse));
  }

  private static boolean copied(InputStream body, Incoming incoming) throws IOException {
    byte[] chunk = new byte[16 << 10];
    int read;
    while ((read = Arrivals.read(body, chunk)) > 0) {
      incoming.write(ByteBuffer.wrap(chunk, 0, read));
      if (incoming.length() > LONGEST) {
        return false;
      }
    }
    return read != Arrivals.BROKEN && incoming.length() > 0;
  }

  private Blob keep(Incoming incoming, ProjectName project, String key, String origin)
      throws DatabaseFault, IOException {
    Blob blob = incoming.keep();
    Optional<MetadataDocument> document =
        MetadataDocument.parse(Files.readAllBytes(blob.path())).toOptional();
    if (document.isPresent()) {
      // First, since what is noted as learned is not read again.
      catalog.dependencies().learn(source.id(), project, document.get());
    }
    catalog.learnMetadata(source.id(), key, blob.sha256(), origin, clock.instant());
    return blob;
  }
}
