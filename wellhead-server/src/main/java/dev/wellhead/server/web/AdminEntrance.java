package dev.wellhead.server.web;

/// The way in for an administrator.
///
/// @param isRefused whether a code was sent that does not count
public record AdminEntrance(Shell shell, boolean isRefused) {
  public Words words() {
    return shell.words();
  }
}
