package dev.wellhead.server.backup;

/// Told where long work is, and able to end it.
public interface Watch {
  /// Says where it is.
  ///
  /// @throws BackupRefusedException where the work should end
  void at(String where) throws BackupRefusedException;
}
