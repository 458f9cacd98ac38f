package dev.wellhead.server.index;

import dev.wellhead.core.pypi.MalformedPageException;
import dev.wellhead.core.pypi.NameList;
import dev.wellhead.core.pypi.Negotiation;
import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.http.FileAnswer;
import dev.wellhead.server.http.FileEntity;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.upstream.NamesAnswer;
import dev.wellhead.server.upstream.Validators;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list of all projects, `/simple/` (PEP 503, 691).
///
/// The public index has a million names in 40 MB, so that the rendered list lies in files, in both
/// forms and both codings. The bare names are in memory, packed, while it is rendered.
final class Names {
  private static final Logger LOG = LoggerFactory.getLogger(Names.class);
  private static final String PREFIX = "names-";
  private static final String JSON = ".json";
  private static final String HTML = ".html";
  private static final String PACKED = ".gz";
  private static final String DRAFT = ".draft";

  /// The list as it lies in the folder, in files of its own: an answer that is being sent never
  /// finds other bytes under the name that it opens.
  ///
  /// @param validUntil when the source is to be asked again
  /// @param isStale whether the source could not confirm it when it was asked last
  private record Edition(
      Validators validators, Instant confirmed, Instant validUntil, boolean isStale) {
    String tag() {
      return tag(validators);
    }

    static String tag(Validators validators) {
      return validators.bodySha256().substring(0, 32);
    }
  }

  /// That there is no list, for a while: it is long, and must not be fetched for each request.
  private record Failure(NamesAnswer answer, Instant until) {}

  private final Source source;
  private final IndexSettings settings;
  private final InstantSource clock;
  private final SingleFlight<String, NamesAnswer> questions = new SingleFlight<>();
  private volatile @Nullable Edition edition;
  private volatile @Nullable Failure failure;

  Names(Source source, IndexSettings settings, InstantSource clock) {
    this.source = source;
    this.settings = settings;
    this.clock = clock;
  }

  Response answer(Request request) throws Exception {
    Edition known = edition;
    if (known == null || !clock.instant().isBefore(known.validUntil())) {
      Failure failed = failure;
      NamesAnswer answer =
          known == null && failed != null && clock.instant().isBefore(failed.until())
              ? failed.answer()
              : questions.run("", this::renew);
      known = edition;
      if (known == null) {
        return refusal(answer);
      }
    }
    PageForm form =
        Negotiation.choose(request.headers("Accept"), request.query("format").orElse(null));
    Response response = serve(request, form, known);
    return known.isStale()
        ? response.with("Cache-Status", Page.staleness(known.confirmed()))
        : response;
  }

  private Response serve(Request request, PageForm form, Edition known) throws IOException {
    boolean gzip = Encodings.acceptsGzip(request);
    Path file =
        settings
            .cacheFolder()
            .resolve(
                PREFIX
                    + known.tag()
                    + (form == PageForm.JSON ? JSON : HTML)
                    + (gzip ? PACKED : ""));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-cache");
    headers.put("Vary", "Accept, Accept-Encoding");
    headers.put("X-Content-Type-Options", "nosniff");
    if (gzip) {
      headers.put("Content-Encoding", "gzip");
    }
    String type = form == PageForm.TEXT_HTML ? "text/html; charset=utf-8" : form.contentType();
    String etag =
        '"' + known.tag() + (form == PageForm.JSON ? ";json" : ";html") + (gzip ? ";gzip\"" : "\"");
    return FileAnswer.of(request, new FileEntity(file, Files.size(file), etag, type), headers);
  }

  /// The file of the newest list that is here, in JSON and uncompressed: also one that was left by
  /// an earlier start; empty where none was ever fetched.
  Optional<Path> list() throws IOException {
    Edition known = edition;
    if (known != null) {
      return Optional.of(settings.cacheFolder().resolve(PREFIX + known.tag() + JSON));
    }
    Path newest = null;
    FileTime when = FileTime.fromMillis(Long.MIN_VALUE);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(settings.cacheFolder(), PREFIX + "*" + JSON)) {
      for (Path file : files) {
        FileTime written = Files.getLastModifiedTime(file);
        if (written.compareTo(when) > 0) {
          newest = file;
          when = written;
        }
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      LOG.debug("no list of projects could be found", e);
    }
    return Optional.ofNullable(newest);
  }

  private NamesAnswer renew() throws IOException {
    Path fresh = settings.cacheFolder().resolve("names.upstream");
    Files.createDirectories(settings.cacheFolder());
    Edition known = edition;
    Instant now = clock.instant();
    try {
      NamesAnswer answer =
          source.upstream().names(known == null ? null : known.validators(), fresh);
      now = clock.instant();
      switch (answer) {
        case NamesAnswer.Fresh(Validators validators, long _) -> {
          render(fresh, Edition.tag(validators));
          edition = new Edition(validators, now, now.plus(settings.freshFor()), false);
        }
        case NamesAnswer.Unchanged(Validators validators) ->
            edition = new Edition(validators, now, now.plus(settings.freshFor()), false);
        case NamesAnswer.Absent _, NamesAnswer.Refused _, NamesAnswer.Unreachable _ ->
            keepStale(known, answer, now);
      }
      return answer;
    } catch (MalformedPageException e) {
      NamesAnswer refused = new NamesAnswer.Refused(String.valueOf(e.getMessage()));
      keepStale(known, refused, now);
      return refused;
    } catch (IOException e) {
      if (known == null) {
        throw e;
      }
      LOG.warn("a new list of projects could not be kept, the last one is served on", e);
      NamesAnswer unkept = new NamesAnswer.Unreachable("the list could not be kept here", null);
      keepStale(known, unkept, now);
      return unkept;
    } finally {
      sweep(known);
    }
  }

  private void keepStale(@Nullable Edition known, NamesAnswer answer, Instant now) {
    Instant again = now.plus(settings.retryAfter());
    if (known == null) {
      failure = new Failure(answer, again);
    } else {
      edition = new Edition(known.validators(), known.confirmed(), again, true);
    }
  }

  /// Removes what no answer opens any more: all but the current edition and the one before.
  private void sweep(@Nullable Edition before) {
    Edition now = edition;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(settings.cacheFolder(), "names*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean kept =
            Stream.of(before, now)
                .filter(Objects::nonNull)
                .anyMatch(edition -> name.startsWith(PREFIX + edition.tag()));
        if (!kept || name.endsWith(DRAFT)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("old lists of projects could not be removed", e);
    }
  }

  private void render(Path fresh, String tag) throws IOException, MalformedPageException {
    // Names that no client could ask for are left out; order and doubles of the source do not
    // count.
    NameList.Builder read = new NameList.Builder();
    AtomicBoolean full = new AtomicBoolean();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(fresh), 1 << 16)) {
      SimpleJson.parseNames(
          in,
          PageLimits.ofNames(),
          name ->
              ProjectName.of(name)
                  .filter(valid -> !read.add(valid))
                  .ifPresent(_ -> full.set(true)));
    }
    if (full.get()) {
      throw new MalformedPageException("the list of projects is longer than any index needs");
    }
    NameList names = read.build();
    for (String packed : new String[] {"", PACKED}) {
      write(PREFIX + tag + JSON + packed, out -> SimpleJson.renderNames(names.iterator(), out));
      write(PREFIX + tag + HTML + packed, out -> SimpleHtml.renderNames(names.iterator(), out));
    }
  }

  private interface Rendering {
    void to(OutputStream out) throws IOException;
  }

  private void write(String name, Rendering rendering) throws IOException {
    Path target = settings.cacheFolder().resolve(name);
    Path draft = settings.cacheFolder().resolve(name + DRAFT);
    try (OutputStream file = Files.newOutputStream(draft);
        OutputStream out =
            name.endsWith(PACKED)
                ? new GZIPOutputStream(file, 1 << 16)
                : new java.io.BufferedOutputStream(file, 1 << 16)) {
      rendering.to(out);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Response refusal(NamesAnswer answer) {
    return switch (answer) {
      case NamesAnswer.Absent _ ->
          Refusals.problem(404, "No list", "the upstream index has no list of projects");
      case NamesAnswer.Refused(String why) ->
          Refusals.problem(502, "The upstream's list cannot be used", why);
      case NamesAnswer.Unreachable(String why, Instant again) ->
          Refusals.problem(503, "The upstream cannot be reached", why)
              .with("Retry-After", again == null ? "2" : Page.seconds(clock.instant(), again));
      case NamesAnswer.Fresh _, NamesAnswer.Unchanged _ ->
          throw new IllegalStateException("answered, and no edition: " + answer);
    };
  }
}
