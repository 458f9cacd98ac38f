package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.fetches.ClientSoftware;
import dev.wellhead.server.fetches.Fetch;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.http.FileAnswer;
import dev.wellhead.server.http.FileEntity;
import dev.wellhead.server.http.NoBodyException;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way of a file to whoever asked for it. Read this class first.
///
/// ```
/// GET /files/PATH
///   gather  which file lies there (the catalog, else its project's page) and its digest
///   decide  whether it may leave: it is its view's, its source lists it, the gate lets it through
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

  /// Well within the time for which nobody evicts what was borrowed.
  private static final Duration HELD_FOR = CacheBudget.UNTOUCHED.dividedBy(3);

  private final Locator locator;
  private final Fetches fetches;
  private final InstantSource clock;
  // What was sent last, by path: whether it may be sent again is asked of the locator each time.
  // It counts for so long only, since the blob may be removed some time after it was borrowed.
  private final Cache<String, Held> held = Caffeine.newBuilder().maximumSize(2_000).build();

  // What clients call themselves: reading it costs more than all else that noting a fetch does.
  private final Cache<String, ClientSoftware> software =
      Caffeine.newBuilder()
          .maximumWeight(1 << 20)
          .weigher((String header, ClientSoftware read) -> 200 + 2 * header.length())
          .build();

  private record Held(
      View view, Located.Found found, FileEntity entity, Response whole, Instant until) {}

  Download(Locator locator, Fetches fetches, InstantSource clock) {
    this.locator = locator;
    this.fetches = fetches;
    this.clock = clock;
  }

  /// The answer for a whole file that was sent a moment ago, where it needs nothing but memory and
  /// the fetch can be noted without waiting.
  Optional<Response> fromMemory(Request request) {
    Held known = request.method().equals("GET") ? held.getIfPresent(request.path()) : null;
    if (known == null
        || !clock.instant().isBefore(known.until())
        || !known.found().equals(locator.remembered(known.view(), known.found().file().path()))
        || request.header("Range").isPresent()
        || request.holds(known.entity().etag())) {
      return Optional.empty();
    }
    Fetch fetch = fetch(request, known.found(), Fetch.Origin.HELD, known.entity().length(), true);
    known.view().gate().count(known.found().ruling());
    return fetches.offer(fetch) ? Optional.of(known.whole()) : Optional.empty();
  }

  Response answer(Request request, View view) throws Exception {
    String asked = request.parameter("path");
    boolean metadata = asked.endsWith(MetadataFiles.ENDING);
    String path =
        metadata ? asked.substring(0, asked.length() - MetadataFiles.ENDING.length()) : asked;
    Located located = locator.at(view, path);
    if (located instanceof Located.Found found && found.ruling().judgement().awaitsArrival()) {
      Response refusal = bring(view, found);
      if (refusal != null) {
        return refusal;
      }
      located = locator.again(view, path);
    }
    return switch (located) {
      case Located.Found found when found.ruling().judgement().awaitsArrival() ->
          throw new IllegalStateException("looked into, and still awaited: " + path);
      case Located.Found found when metadata -> found.shelf().metadata().answer(request, found);
      case Located.Found found -> {
        if (request.method().equals("GET")) {
          view.gate().count(found.ruling());
        }
        yield serve(request, view, found);
      }
      case Located.Stopped(HeldFile file, Verdicts.Ruling ruling) -> {
        // pip asks for METADATA first, and for nothing more where that is refused.
        if (request.method().equals("GET")) {
          view.gate().count(ruling);
        }
        yield view.gate().stops().answer(ruling, file.entry().filename(), clock.instant());
      }
      case Located other -> Refusals.of(other, clock.instant());
    };
  }

  /// Stores the file and looks into it before anything of it leaves: a rule in force asks about its
  /// bytes. Answers why it could not be had, or null.
  private @Nullable Response bring(View view, Located.Found found) throws Exception {
    Arrival arrival = found.shelf().arrivals().of(found.file(), found.sha256());
    return switch (arrival.awaitEnd()) {
      case Arrival.State.Kept(Blob blob) -> {
        view.gate().inspect(found, blob.path());
        yield null;
      }
      case Arrival.State.Failed(Arrival.Failure failure) ->
          Refusals.of(failure, found.file(), clock.instant());
      case Arrival.State other ->
          throw new IllegalStateException("waited for the end and got " + other);
    };
  }

  private Response serve(Request request, View view, Located.Found found) throws Exception {
    HeldFile file = found.file();
    Sha256 sha256 = found.sha256();
    if (request.holds(etag(sha256))) {
      // Whoever has these bytes needs nothing brought to be told so.
      return headers(304, sha256).empty();
    }
    Instant begun = clock.instant();
    Long size = file.entry().size();
    boolean head = request.method().equals("HEAD");
    if (head && size != null) {
      // A question about a file brings no file: lock runs ask for many and install few.
      return headers(200, sha256).stream(contentType(file), size, _ -> {});
    }
    Arrival arrival = found.shelf().arrivals().of(file, sha256);
    Fetch.Origin origin =
        arrival.state() instanceof Arrival.State.Kept ? Fetch.Origin.HELD : Fetch.Origin.BROUGHT;
    // What would be held back whole is waited for: then a "no" has its status and its sentence.
    boolean streams = request.header("Range").isEmpty() && size != null && size > Arrival.HELD_BACK;
    Arrival.State state = streams ? arrival.awaitAnswer() : arrival.awaitEnd();
    return switch (state) {
      case Arrival.State.Kept(Blob blob) -> {
        FileEntity entity = entity(file, blob);
        Response answer = FileAnswer.of(request, entity, HEADERS);
        if (!head && (answer.status() == 200 || answer.status() == 206)) {
          fetches.record(fetch(request, found, origin, blob.length(), answer.status() == 200));
          if (answer.status() == 200) {
            held.put(
                request.path(),
                new Held(view, found, entity, answer.encoded(), begun.plus(HELD_FOR)));
          }
        }
        yield answer;
      }
      case Arrival.State.Coming _ when size != null -> {
        fetches.record(fetch(request, found, origin, size, true));
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

  private Fetch fetch(
      Request request, Located.Found found, Fetch.Origin origin, long bytes, boolean whole) {
    return new Fetch(
        found.sha256(),
        found.file().entry().filename(),
        found.project().normalized(),
        request.client(),
        software.get(request.header("User-Agent").orElse(""), ClientSoftware::parse),
        clock.instant(),
        whole ? Fetch.Extent.WHOLE : Fetch.Extent.RANGED,
        origin,
        bytes);
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
