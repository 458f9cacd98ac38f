package dev.wellhead.server.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An alarm as it is recorded.
///
/// @param id what [Alarms#acknowledge] takes
/// @param alarm as it was raised last
/// @param first when it was raised first
/// @param last when it was raised last
/// @param times how often it was raised
/// @param acknowledgement who said that they know; null as long as nobody did
/// @param resolved when the cause was gone, or a newer alarm took its place; null while it stands
public record Raised(
    long id,
    Alarm alarm,
    Instant first,
    Instant last,
    long times,
    @Nullable Acknowledgement acknowledgement,
    @Nullable Instant resolved) {

  /// Who said when that they know of an alarm.
  public record Acknowledgement(String by, Instant at) {}

  /// Where it stands.
  public Standing standing() {
    if (resolved != null) {
      return Standing.RESOLVED;
    }
    return acknowledgement == null ? Standing.OPEN : Standing.ACKNOWLEDGED;
  }

  /// Where an alarm can stand.
  public enum Standing {
    /// The cause is there, and nobody said yet that they know.
    OPEN,
    /// The cause is there, and somebody knows.
    ACKNOWLEDGED,
    /// The cause is gone.
    RESOLVED
  }
}
