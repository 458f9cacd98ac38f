package dev.wellhead.server.backup;

/// A backup is not made, or not restored; the message is a sentence that says why and what to do.
public final class BackupRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public BackupRefusedException(String message) {
    super(message);
  }
}
