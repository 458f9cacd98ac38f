package dev.wellhead.server.web;

/// The first page: what this is, how to use it, what goes on.
public record Home(Shell shell, SetUp setUp, Live live) {
  public Words words() {
    return shell.words();
  }
}
