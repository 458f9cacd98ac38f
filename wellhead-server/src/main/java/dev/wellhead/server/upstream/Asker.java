package dev.wellhead.server.upstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks until there is an answer or it makes no sense to ask again: tries, waits, follows redirects
/// within the configured hosts, leaves hosts in peace that fail.
final class Asker {
  private static final int MAX_REDIRECTS = 5;

  private final UpstreamSettings settings;
  private final Hosts hosts;
  private final Transport transport;
  private final Surroundings surroundings;
  private final Map<Origin, Breaker> breakers;

  Asker(
      UpstreamSettings settings,
      Hosts hosts,
      Transport transport,
      Surroundings surroundings,
      Map<Origin, Breaker> breakers) {
    this.settings = settings;
    this.hosts = hosts;
    this.transport = transport;
    this.surroundings = surroundings;
    this.breakers = new HashMap<>(breakers);
  }

  /// Makes something of an answer that is neither a redirect nor "try later"; X is a fault of our
  /// own side, such as a full disk.
  interface Reading<T, X extends Exception> {
    /// A [NoAnswerException] is another try. Closes the reply, unless its body is handed on.
    T read(Reply reply) throws NoAnswerException, X;
  }

  sealed interface Outcome<T> {
    record Got<T>(T value) implements Outcome<T> {}

    record Refused<T>(String why) implements Outcome<T> {}

    record Unreachable<T>(String why, @Nullable Instant retryAfter) implements Outcome<T> {}
  }

  <T, X extends Exception> Outcome<T> ask(Ask ask, Reading<T, X> reading) throws X {
    long started = surroundings.ticker().getAsLong();
    try {
      for (int tried = 1; ; tried++) {
        switch (attempt(ask, reading, started)) {
          case Attempt.Ended<T>(Outcome<T> outcome) -> {
            return outcome;
          }
          case Attempt.Failed<T>(String why, Optional<Duration> wish) -> {
            Duration delay = wish.isPresent() ? wish.get() : backOff(tried);
            boolean again =
                tried < settings.persistence().tries()
                    && delay.compareTo(settings.persistence().longestDelay()) <= 0
                    && delay.compareTo(left(ask, started)) < 0;
            if (!again) {
              Instant now = surroundings.clock().instant();
              return new Outcome.Unreachable<>(why, wish.map(now::plus).orElse(null));
            }
            surroundings.pause().pause(delay);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unreachable<>("The question was ended from our side.", null);
    }
  }

  private sealed interface Attempt<T> {
    record Ended<T>(Outcome<T> outcome) implements Attempt<T> {}

    /// @param wish how long the host wants to be left alone
    record Failed<T>(String why, Optional<Duration> wish) implements Attempt<T> {}
  }

  private <T, X extends Exception> Attempt<T> attempt(
      Ask first, Reading<T, X> reading, long started) throws X, InterruptedException {
    Ask ask = first;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      Origin origin = hosts.within(ask.url()).orElseThrow();
      Breaker breaker = breakers.get(origin);
      if (breaker == null) {
        throw new IllegalStateException("a configured host without a breaker: " + origin);
      }
      switch (breaker.admit()) {
        case Breaker.Admission.Denied(String why, Instant at) -> {
          return new Attempt.Ended<>(new Outcome.Unreachable<>(why, at));
        }
        case Breaker.Admission.Granted(Breaker.Call call) -> {
          try {
            switch (step(ask, origin, call, reading, started)) {
              case Step.Over<T>(Attempt<T> attempt) -> {
                return attempt;
              }
              case Step.Onward<T>(URI to) -> ask = new Ask(to, ask.purpose(), ask.headers());
            }
          } finally {
            call.abandoned();
          }
        }
      }
    }
    return new Attempt.Ended<>(
        new Outcome.Refused<>(
            Words.url(first.url()) + " redirects more than " + MAX_REDIRECTS + " times."));
  }

  private sealed interface Step<T> {
    record Over<T>(Attempt<T> attempt) implements Step<T> {}

    record Onward<T>(URI to) implements Step<T> {}
  }

  private <T, X extends Exception> Step<T> step(
      Ask ask, Origin origin, Breaker.Call call, Reading<T, X> reading, long started)
      throws X, InterruptedException {
    try {
      Reply reply = transport.send(ask, origin, call, left(ask, started));
      if (isTryLater(reply.status())) {
        String why = reply.name() + " answered " + reply.status() + ".";
        call.failed(why);
        Instant now = surroundings.clock().instant();
        Optional<Duration> wish =
            reply.header("Retry-After").flatMap(header -> RetryAfter.parse(header, now));
        reply.close();
        return new Step.Over<>(new Attempt.Failed<>(why, wish));
      }
      call.answered();
      if (isRedirect(reply.status())) {
        reply.close();
        return redirect(ask.url(), origin, reply.header("Location").orElse(""));
      }
      return new Step.Over<>(new Attempt.Ended<>(new Outcome.Got<>(reading.read(reply))));
    } catch (NoAnswerException e) {
      String why = String.valueOf(e.getMessage());
      call.failed(why);
      return new Step.Over<>(new Attempt.Failed<>(why, Optional.empty()));
    }
  }

  private <T> Step<T> redirect(URI from, Origin origin, String location) {
    URI to;
    try {
      to = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      return refused(from, "redirects to something that is no URL: " + Words.quotedUrl(location));
    }
    Optional<Origin> target = Origin.of(to);
    if (location.isEmpty() || target.isEmpty()) {
      return refused(from, "redirects to something that is no URL: " + Words.quotedUrl(location));
    }
    if (origin.isSecure() && !target.get().isSecure()) {
      return refused(from, "redirects from https to http, to " + target.get() + ".");
    }
    if (!hosts.include(target.get())) {
      return refused(
          from,
          "redirects to "
              + target.get()
              + ", which is not a configured host. If that is meant, set"
              + " `--upstream-files "
              + target.get()
              + "/` (setting `upstream.files`).");
    }
    return new Step.Onward<>(to);
  }

  private static <T> Step<T> refused(URI from, String why) {
    return new Step.Over<>(new Attempt.Ended<>(new Outcome.Refused<>(Words.url(from) + " " + why)));
  }

  private Duration backOff(int tried) {
    double whole = settings.persistence().firstDelay().toNanos() * Math.pow(2, tried - 1);
    double longest = settings.persistence().longestDelay().toNanos();
    double share = 0.5 + surroundings.random().nextDouble() / 2;
    return Duration.ofNanos((long) (Math.min(whole, longest) * share));
  }

  private Duration left(Ask ask, long started) {
    TimeLimits times = settings.times();
    Duration whole = ask.purpose() == Ask.Purpose.NAMES ? times.file() : times.page();
    Duration left = whole.minusNanos(surroundings.ticker().getAsLong() - started);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /// Too many requests, or a failure of the host's own.
  private static boolean isTryLater(int status) {
    return status == 429 || status >= 500;
  }
}
