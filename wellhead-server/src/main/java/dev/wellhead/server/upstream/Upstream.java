package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.ProjectName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Another index, asked over HTTP (PEP 503, 691). Every question blocks and belongs on a virtual
/// thread.
///
/// It is not believed: what it sends is bounded in bytes and time, its redirects and file URLs lead
/// to the configured hosts or nowhere, and what cannot be used is refused with a sentence.
public final class Upstream implements AutoCloseable {
  private final UpstreamSettings settings;
  private final Surroundings surroundings;
  private final Hosts hosts;
  private final Transport transport;
  private final Asker asker;
  private final Pages pages;
  private final Doubts doubts;
  private final Map<Origin, Breaker> breakers = new LinkedHashMap<>();

  private Upstream(
      UpstreamSettings settings, Surroundings surroundings, Hosts hosts, Transport transport) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.hosts = hosts;
    this.transport = transport;
    doubts = new Doubts(settings.index());
    for (Origin origin : hosts.all()) {
      Breaker breaker = new Breaker(origin, settings.persistence(), surroundings.clock());
      breakers.put(origin, breaker);
      Gauge.builder("wellhead.upstream.circuit.open", breaker, it -> it.isOpen() ? 1 : 0)
          .description("1 while the host is left in peace after failures")
          .tag("host", origin.authority())
          .register(surroundings.metrics());
    }
    asker = new Asker(settings, hosts, transport, surroundings, breakers);
    pages = new Pages(settings, new FileUrls(hosts));
  }

  /// Makes ready to ask; asks nothing yet, so that an upstream that is down stops no start.
  public static Upstream open(UpstreamSettings settings, Surroundings surroundings)
      throws UpstreamRefusedException {
    Hosts hosts = Hosts.of(settings);
    return new Upstream(
        settings, surroundings, hosts, Transport.start(settings, hosts, surroundings));
  }

  /// The page of a project, unless it is still the `known` one.
  public PageAnswer page(ProjectName project, @Nullable Validators known) {
    return timed(
        "page",
        () -> {
          Ask ask = pages.ask(hosts.page(project), Ask.Purpose.PAGE, known);
          return switch (asker.ask(ask, reply -> pages.page(reply, project, known))) {
            case Asker.Outcome.Got<PageAnswer>(PageAnswer answer) -> doubts.noted(project, answer);
            case Asker.Outcome.Refused<PageAnswer>(String why) -> new PageAnswer.Refused(why);
            case Asker.Outcome.Unreachable<PageAnswer> none ->
                new PageAnswer.Unreachable(none.why(), none.retryAfter());
          };
        });
  }

  /// The list of all names, into a file as JSON whatever form it came in, unless it is still the
  /// `known` one. The `IOException` is that of the file.
  public NamesAnswer names(@Nullable Validators known, Path into) throws IOException {
    return timed(
        "names",
        () -> {
          Ask ask = pages.ask(hosts.root(), Ask.Purpose.NAMES, known);
          return switch (asker.ask(ask, reply -> pages.names(reply, into, known))) {
            case Asker.Outcome.Got<NamesAnswer>(NamesAnswer answer) -> doubts.noted(answer);
            case Asker.Outcome.Refused<NamesAnswer>(String why) -> new NamesAnswer.Refused(why);
            case Asker.Outcome.Unreachable<NamesAnswer> none ->
                new NamesAnswer.Unreachable(none.why(), none.retryAfter());
          };
        });
  }

  /// A file's body, as a stream; `url` is a page's file URL, or that with `.metadata` behind it, or
  /// a page's provenance URL.
  public FileAnswer file(URI url) {
    return file(url, -1);
  }

  /// As [#file(URI)], refused when the host announces another length than `size` (-1 for unknown).
  public FileAnswer file(URI url, long size) {
    if (hosts.within(url).isEmpty()) {
      return new FileAnswer.Refused(foreign(url));
    }
    return timed(
        "file",
        () ->
            switch (asker.ask(
                FilesAndRanges.ask(url),
                reply -> FilesAndRanges.file(reply, size, settings.sizes().file()))) {
              case Asker.Outcome.Got<FileAnswer>(FileAnswer answer) -> answer;
              case Asker.Outcome.Refused<FileAnswer>(String why) -> new FileAnswer.Refused(why);
              case Asker.Outcome.Unreachable<FileAnswer> none ->
                  new FileAnswer.Unreachable(none.why(), none.retryAfter());
            });
  }

  /// The bytes `from` to `to`, both included, or fewer where the file ends before. To ask for more
  /// than [SizeLimits#range] is a bug of the caller.
  public RangeAnswer range(URI url, long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range: " + from + " to " + to);
    }
    return part(url, from + "-" + to, from, to - from + 1);
  }

  /// The last `n` bytes, or fewer where the file is shorter; `n` is bounded as in [#range].
  public RangeAnswer tail(URI url, long n) {
    return part(url, "-" + n, -1, n);
  }

  /// How the hosts are doing, for people.
  public Health health() {
    List<Health.Host> each = breakers.values().stream().map(Breaker::health).toList();
    return new Health(Reports.state(each) + doubts.remark(), each);
  }

  /// The path under which we serve the file at `url`: the upstream's own path, without the leading
  /// slash, with `+HOST[:PORT]/` in front when it is not on the first files host. It is
  /// percent-encoded, fit to be put into a link as it is.
  public String servedPath(URI url) {
    return hosts.servedPath(url);
  }

  /// The inverse of [#servedPath], of the path as it stands in a link or decoded; empty for a path
  /// that belongs to no file of the configured hosts.
  public Optional<URI> urlOf(String servedPath) {
    return hosts.urlOf(servedPath);
  }

  /// Ends what is under way.
  @Override
  public void close() {
    transport.close();
  }

  private RangeAnswer part(URI url, String range, long from, long count) {
    if (count < 1 || count > settings.sizes().range()) {
      throw new IllegalArgumentException("a range of " + count + " bytes");
    }
    if (hosts.within(url).isEmpty()) {
      return new RangeAnswer.Refused(foreign(url));
    }
    return timed(
        "range",
        () ->
            switch (asker.ask(
                FilesAndRanges.ask(url, range),
                reply -> FilesAndRanges.range(reply, from, (int) count))) {
              case Asker.Outcome.Got<RangeAnswer>(RangeAnswer answer) -> answer;
              case Asker.Outcome.Refused<RangeAnswer>(String why) -> new RangeAnswer.Refused(why);
              case Asker.Outcome.Unreachable<RangeAnswer> none ->
                  new RangeAnswer.Unreachable(none.why(), none.retryAfter());
            });
  }

  private static String foreign(URI url) {
    return Words.url(url)
        + " is on no configured host (settings `upstream.index` and"
        + " `upstream.files`).";
  }

  private interface Question<T, X extends Exception> {
    T ask() throws X;
  }

  private <T, X extends Exception> T timed(String what, Question<T, X> question) throws X {
    long before = surroundings.ticker().getAsLong();
    String outcome = "fault";
    try {
      T answer = question.ask();
      outcome = answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      return answer;
    } finally {
      MeterRegistry metrics = surroundings.metrics();
      metrics
          .timer("wellhead.upstream.requests", "what", what, "outcome", outcome)
          .record(Duration.ofNanos(surroundings.ticker().getAsLong() - before));
    }
  }
}
