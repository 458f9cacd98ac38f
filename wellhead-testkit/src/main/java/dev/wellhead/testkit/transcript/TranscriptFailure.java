package dev.wellhead.testkit.transcript;

/// A transcript did not come true, or could not be read; the message names file and line and shows
/// the whole exchange.
public final class TranscriptFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  TranscriptFailure(Place place, String what) {
    super(place + ": " + what);
  }

  TranscriptFailure(Place place, String what, Throwable cause) {
    super(place + ": " + what, cause);
  }
}
