package dev.wellhead.server.index;

import dev.wellhead.core.pypi.Negotiation;
import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.http.FileAnswer;
import dev.wellhead.server.http.FileEntity;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.upstream.NamesAnswer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list of all projects of a view, `/simple/` (PEP 503, 691): the names of all its sources.
///
/// The public index has a million names in 40 MB, so that the rendered list lies in files, in both
/// forms and both codings.
final class Names {
  private static final Logger LOG = LoggerFactory.getLogger(Names.class);
  private static final String JSON = ".json";
  private static final String HTML = ".html";
  private static final String PACKED = ".gz";
  private static final String DRAFT = ".draft";
  private static final Duration RETRY = Duration.ofSeconds(5);

  /// The list as it lies in the folder, in files of its own: an answer that is being sent never
  /// finds other bytes under the name that it opens.
  ///
  /// @param tag of what it was made from
  /// @param own what our own changes counted then
  /// @param validUntil when a source is to be asked again
  /// @param isStale whether a source could not confirm it when it was asked last
  private record Edition(
      String tag, long own, Instant confirmed, Instant validUntil, boolean isStale) {}

  /// What there is to list.
  ///
  /// @param hosted names, sorted
  private record Gathered(
      List<NameList.Listed> lists, List<String> hosted, List<Reservation> reserved) {
    /// Whether another index may have this name.
    boolean isFree(String name) {
      return reserved.isEmpty()
          || ProjectName.of(name)
              .filter(project -> reserved.stream().anyMatch(one -> one.pattern().matches(project)))
              .isEmpty();
    }
  }

  private final View view;
  private final Map<Source, NameList> lists;
  private final OwnNames own;
  private final Path folder;
  private final InstantSource clock;
  private final SingleFlight<String, Optional<NameList.Failed>> questions = new SingleFlight<>();
  private volatile @Nullable Edition edition;

  /// @param lists of all sources that are asked
  /// @param folder of this view's lists alone
  Names(View view, Map<Source, NameList> lists, OwnNames own, Path folder, InstantSource clock) {
    this.view = view;
    this.lists = lists;
    this.own = own;
    this.folder = folder;
    this.clock = clock;
  }

  Response answer(Request request) throws Exception {
    Edition known = edition;
    if (known == null
        || !clock.instant().isBefore(known.validUntil())
        || known.own() != own.changes()) {
      Optional<NameList.Failed> failed = questions.run("", this::renew);
      known = edition;
      if (failed.isPresent() || known == null) {
        return refusal(failed.orElseThrow().answer());
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
        folder.resolve(known.tag() + (form == PageForm.JSON ? JSON : HTML) + (gzip ? PACKED : ""));
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

  /// Empty where there is a list now, else why there is none.
  private Optional<NameList.Failed> renew() throws Exception {
    Edition known = edition;
    long number = own.changes();
    List<NameList.Listed> listed = new ArrayList<>();
    NameList.Failed absent = null;
    List<String> hosted = List.of();
    for (Shelf shelf : view.shelves()) {
      NameList list = lists.get(shelf.source());
      if (list == null) {
        hosted = own.hosted();
        continue;
      }
      switch (list.current()) {
        case NameList.Listed one -> listed.add(one);
        case NameList.Failed failed when failed.answer() instanceof NamesAnswer.Absent ->
            absent = failed;
        case NameList.Failed failed -> {
          return Optional.of(failed);
        }
      }
    }
    if (absent != null && listed.isEmpty() && hosted.isEmpty()) {
      return Optional.of(absent);
    }
    Gathered gathered = new Gathered(listed, hosted, own.reservations());
    String tag = tag(gathered);
    Edition fresh = edition(gathered, tag, number, absent);
    if (known == null || !known.tag().equals(tag)) {
      try {
        Files.createDirectories(folder);
        render(gathered, tag);
      } catch (IOException e) {
        if (known == null) {
          throw e;
        }
        LOG.warn("a new list of projects could not be kept, the last one is served on", e);
        fresh =
            new Edition(known.tag(), number, known.confirmed(), clock.instant().plus(RETRY), true);
      }
    }
    edition = fresh;
    sweep(known);
    return Optional.empty();
  }

  private Edition edition(
      Gathered gathered, String tag, long number, NameList.@Nullable Failed absent) {
    Instant confirmed = clock.instant();
    Instant until = absent == null ? Instant.MAX : absent.validUntil();
    boolean stale = false;
    for (NameList.Listed one : gathered.lists()) {
      confirmed = one.confirmed().isBefore(confirmed) ? one.confirmed() : confirmed;
      until = one.validUntil().isBefore(until) ? one.validUntil() : until;
      stale |= one.isStale();
    }
    return new Edition(tag, number, confirmed, until, stale);
  }

  /// Removes what no answer opens any more: all but the current edition and the one before.
  private void sweep(@Nullable Edition before) {
    Edition now = edition;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean kept =
            Stream.of(before, now)
                .filter(Objects::nonNull)
                .anyMatch(edition -> name.startsWith(edition.tag()));
        if (!kept || name.endsWith(DRAFT)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("old lists of projects could not be removed", e);
    }
  }

  private interface Rendering {
    void to(MergedNames names, OutputStream out) throws IOException;
  }

  private void render(Gathered gathered, String tag) throws IOException {
    write(gathered, tag + JSON, (names, out) -> SimpleJson.renderNames(names, out));
    write(gathered, tag + HTML, (names, out) -> SimpleHtml.renderNames(names, out));
  }

  /// Writes the plain file and the packed one in one go.
  private void write(Gathered gathered, String name, Rendering rendering) throws IOException {
    Path plain = folder.resolve(name + DRAFT);
    Path packed = folder.resolve(name + PACKED + DRAFT);
    List<Path> files = gathered.lists().stream().map(NameList.Listed::file).toList();
    try (MergedNames names = new MergedNames(files, gathered.hosted(), gathered::isFree);
        OutputStream first = new BufferedOutputStream(Files.newOutputStream(plain), 1 << 16);
        OutputStream second = new GZIPOutputStream(Files.newOutputStream(packed), 1 << 16)) {
      rendering.to(names, new TwoStreams(first, second));
    }
    for (Path draft : List.of(plain, packed)) {
      String target = draft.getFileName().toString().replace(DRAFT, "");
      Files.move(
          draft,
          folder.resolve(target),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static final class TwoStreams extends OutputStream {
    private final OutputStream first;
    private final OutputStream second;

    TwoStreams(OutputStream first, OutputStream second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(int b) throws IOException {
      first.write(b);
      second.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      first.write(bytes, offset, length);
      second.write(bytes, offset, length);
    }
  }

  private static String tag(Gathered gathered) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (NameList.Listed one : gathered.lists()) {
        digest.update(one.validators().bodySha256().getBytes(StandardCharsets.UTF_8));
      }
      for (String name : gathered.hosted()) {
        digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
      }
      for (Reservation one : gathered.reserved()) {
        digest.update((one.pattern().text() + '\n').getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
