package dev.wellhead.server.web;

/// The administrator's own page.
public record AdminPage(Shell shell, AdminSessions.Session session) {
  public Words words() {
    return shell.words();
  }
}
