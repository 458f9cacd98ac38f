package dev.wellhead.server.firewall;

import dev.wellhead.server.catalog.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was decided last about a file in a view that is not plainly allowed.
///
/// @param token the short address of the page that tells why
/// @param verdict `allow`, `warn`, `hold`, `block`, `hide` or `cannot-tell`
/// @param rules the rules that found something, each with its mode: `cooldown:enforce`
/// @param until when a hold ends by itself, or null
/// @param sentence of the finding that is told first
public record Decision(
    String token,
    Of of,
    String verdict,
    String rules,
    @Nullable Instant until,
    String sentence,
    When when) {
  /// Which file, through which view.
  public record Of(
      String view, SourceId source, String project, String filename, String identity) {}

  /// By which policy, when, and since when the verdict is the same.
  public record When(String policy, Instant decided, Instant since) {}

  /// Whether people are told the same.
  boolean saysAs(@Nullable Decision other) {
    return other != null
        && verdict.equals(other.verdict)
        && rules.equals(other.rules)
        && java.util.Objects.equals(until, other.until)
        && sentence.equals(other.sentence);
  }
}
