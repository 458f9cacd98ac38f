package dev.wellhead.core.archive;

/// An archive that is not read, and why: a sentence for the person who gets it.
public final class UnreadableArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableArchiveException(String why) {
    super(why);
  }
}
