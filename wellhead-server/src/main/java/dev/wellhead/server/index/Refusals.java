package dev.wellhead.server.index;

import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Puts a "no" into the two places that clients print: the reason phrase (pip, poetry) and the
/// problem document (uv).
final class Refusals {
  private Refusals() {}

  static Response of(Located located, Instant now) {
    return switch (located) {
      case Located.Nothing(String why) -> problem(404, "No such file", why);
      case Located.Gone(Source source, String filename, Instant since) ->
          problem(
              404,
              source instanceof Source.Hosted ? "Removed" : "Removed upstream",
              source.words() + " no longer lists " + filename + "; missed since " + since);
      case Located.NoDigest(Source source, String filename) ->
          problem(
              502,
              "No digest to check by",
              "the page of "
                  + source.words()
                  + " states no SHA-256 for "
                  + filename
                  + ", so that what arrives could not be checked");
      case Located.Reserved(String why) -> problem(403, "Reserved", why);
      case Located.CannotTell(String why, Instant again) ->
          retry(problem(503, "Cannot be looked up now", why), now, again);
      case Located.Found _, Located.Stopped _ ->
          throw new IllegalArgumentException("the gate says why: " + located);
    };
  }

  static Response of(Arrival.Failure failure, HeldFile file, Instant now) {
    return switch (failure) {
      case Arrival.Failure.Absent(String why) ->
          problem(404, isHosted(file) ? "Removed" : "Missing upstream", why);
      case Arrival.Failure.Refused(String why) ->
          problem(502, "The upstream's file is not what its page says", why);
      case Arrival.Failure.Unreachable(String why, Instant again) ->
          retry(
              problem(503, "The upstream cannot be reached", name(file) + ": " + why), now, again);
      case Arrival.Failure.Fault(String why) -> problem(503, "Cannot be kept", why);
    };
  }

  /// @param why a sentence, whether its period is there or not: those of other rooms have one
  static Response problem(int status, String title, String why) {
    String bare = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    return Problem.of(status, title, bare + ".").toResponse("Wellhead: " + bare);
  }

  private static boolean isHosted(HeldFile file) {
    return file.entry().url().startsWith(Hosting.SOURCE);
  }

  private static String name(HeldFile file) {
    return file.entry().filename();
  }

  private static Response retry(Response response, Instant now, @Nullable Instant again) {
    return again == null
        ? response.with("Retry-After", "2")
        : response.with("Retry-After", Page.seconds(now, again));
  }
}
