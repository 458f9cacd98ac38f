package dev.wellhead.bench;

/// A plan cannot be carried out as written; the message says which word is wrong and what fits.
public final class MalformedPlanException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPlanException(String message) {
    super(message);
  }
}
