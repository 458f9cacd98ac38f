package dev.wellhead.server.fetches;

/// A fetch could not be taken note of, so it must not go on unseen: the message says why.
public final class FetchesFullException extends Exception {
  private static final long serialVersionUID = 1;

  FetchesFullException(String message) {
    super(message);
  }
}
