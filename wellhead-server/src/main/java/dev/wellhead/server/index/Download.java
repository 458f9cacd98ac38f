package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.fetches.ClientSoftware;
import dev.wellhead.server.fetches.Fetch;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.fetches.FetchesFullException;
import dev.wellhead.server.http.FileAnswer;
import dev.wellhead.server.http.FileEntity;
import dev.wellhead.server.http.NoBodyException;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;

/// The way of a file to whoever asked for it. Read this class first.
///
/// ```
/// GET /files/PATH
///   gather  which file lies there (the catalog, else its project's page) and its digest
///   decide  whether it may leave: today every file that its source lists may
///   record  who gets it
///   answer  from the folder of blobs, or as it comes from the source
/// ```
///
/// Bytes leave only under a digest that a page stated. `private, no-cache` keeps copies out of
/// shared caches and makes a client's own cache ask again, so that what is refused later is refused
/// there as well.
final class Download {
  private static final Map<String, String> HEADERS =
      Map.of("Cache-Control", "private, no-cache", "X-Content-Type-Options", "nosniff");

  private final Locator locator;
  private final Arrivals arrivals;
  private final MetadataFiles metadata;
  private final Fetches fetches;
  private final InstantSource clock;

  Download(
      Locator locator,
      Arrivals arrivals,
      MetadataFiles metadata,
      Fetches fetches,
      InstantSource clock) {
    this.locator = locator;
    this.arrivals = arrivals;
    this.metadata = metadata;
    this.fetches = fetches;
    this.clock = clock;
  }

  Response answer(Request request) throws Exception {
    String path = request.parameter("path");
    if (path.endsWith(MetadataFiles.ENDING)) {
      return metadata.answer(request, path);
    }
    return switch (locator.at(path)) {
      case Located.Found(ProjectName project, HeldFile file, Sha256 sha256) ->
          serve(request, project, file, sha256);
      case Located other -> Refusals.of(other, clock.instant());
    };
  }

  private Response serve(Request request, ProjectName project, HeldFile file, Sha256 sha256)
      throws Exception {
    if (request.holds(etag(sha256))) {
      // Whoever has these bytes needs nothing brought to be told so.
      return headers(304, sha256).empty();
    }
    Long size = file.entry().size();
    boolean head = request.method().equals("HEAD");
    if (head && size != null) {
      // A question about a file brings no file: lock runs ask for many and install few.
      return headers(200, sha256).stream(contentType(file), size, _ -> {});
    }
    Arrival arrival = arrivals.of(file, sha256);
    Fetch.Origin origin =
        arrival.state() instanceof Arrival.State.Kept ? Fetch.Origin.HELD : Fetch.Origin.BROUGHT;
    // What would be held back whole is waited for: then a "no" has its status and its sentence.
    boolean streams = request.header("Range").isEmpty() && size != null && size > Arrival.HELD_BACK;
    Arrival.State state = streams ? arrival.awaitAnswer() : arrival.awaitEnd();
    return switch (state) {
      case Arrival.State.Kept(Blob blob) -> {
        Response answer = FileAnswer.of(request, entity(file, blob), HEADERS);
        if (!head && (answer.status() == 200 || answer.status() == 206)) {
          record(
              request, project, file, sha256, origin, blob.length(), answer.status() == 200);
        }
        yield answer;
      }
      case Arrival.State.Coming _ when size != null -> {
        record(request, project, file, sha256, origin, size, true);
        yield headers(200, sha256).stream(
            contentType(file), size, out -> readAlong(arrival, file, out));
      }
      case Arrival.State.Failed(Arrival.Failure failure) ->
          Refusals.of(failure, file, clock.instant());
      case Arrival.State.Coming _, Arrival.State.Asked _ ->
          throw new IllegalStateException("waited for the end and got " + state);
    };
  }

  /// Where it turns out not to come before the first byte left, the client gets the reason instead
  /// of a cut.
  private void readAlong(Arrival arrival, HeldFile file, OutputStream out) throws IOException {
    try {
      arrival.copyTo(out);
    } catch (Arrival.FailedException e) {
      throw new NoBodyException(e.failure().why(), Refusals.of(e.failure(), file, clock.instant()));
    }
  }

  private void record(
      Request request,
      ProjectName project,
      HeldFile file,
      Sha256 sha256,
      Fetch.Origin origin,
      long bytes,
      boolean whole)
      throws FetchesFullException {
    fetches.record(
        new Fetch(
            sha256,
            file.entry().filename(),
            project.normalized(),
            request.client(),
            ClientSoftware.parse(request.header("User-Agent").orElse("")),
            clock.instant(),
            whole ? Fetch.Extent.WHOLE : Fetch.Extent.RANGED,
            origin,
            bytes));
  }

  private static Response.Builder headers(int status, Sha256 sha256) {
    Response.Builder answer = Response.status(status);
    HEADERS.forEach(answer::header);
    return answer.header("ETag", etag(sha256)).header("Accept-Ranges", "bytes");
  }

  private static FileEntity entity(HeldFile file, Blob blob) {
    return new FileEntity(blob.path(), blob.length(), etag(blob.sha256()), contentType(file));
  }

  static String etag(Sha256 sha256) {
    return '"' + sha256.hex() + '"';
  }

  private static String contentType(HeldFile file) {
    String name = file.entry().filename();
    if (name.endsWith(".whl") || name.endsWith(".zip") || name.endsWith(".egg")) {
      return "application/zip";
    }
    return name.endsWith(".tar.gz") ? "application/gzip" : "application/octet-stream";
  }
}
