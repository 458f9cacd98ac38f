package dev.wellhead.server.web;

import dev.wellhead.server.http.Form;
import dev.wellhead.server.http.Handler;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.Reservations;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// The administrator's pages, and the way in: a one-time code, sent by a form.
///
/// The link that `wellhead admin link` prints has the code behind `#`, which no browser sends: so
/// it is in no log, no Referer and no proxy. A small script moves it into the form; without scripts
/// it is pasted there. Nobody is trusted for where a request comes from.
public final class AdminDoor {
  private static final int FORM_LIMIT = 4_096;

  private final AdminSessions sessions;
  private final Supplier<URI> publicUrl;
  private final Pages pages;
  private final ReservedPages reserved;

  /// @param publicUrl where clients reach this server
  AdminDoor(
      AdminSessions sessions, Supplier<URI> publicUrl, Pages pages, Reservations reservations) {
    this.sessions = sessions;
    this.pages = pages;
    this.publicUrl = publicUrl;
    this.reserved = new ReservedPages(this, reservations, pages);
  }

  /// The link that has `secret` behind its `#`.
  public static URI link(URI publicUrl, String secret) {
    return publicUrl.resolve("admin/enter#" + secret);
  }

  /// Adds the door's routes.
  public Router.Builder routes(Router.Builder router) {
    return reserved
        .routes(router)
        .route("GET", "/admin", this::home)
        .route("GET", "/admin/enter", request -> enter(request, 200))
        .route("POST", "/admin/enter", this::redeem)
        .route("POST", "/admin/leave", guarded(this::leave));
  }

  /// The session of whoever sent `request`, while it lasts.
  public Optional<AdminSessions.Session> session(Request request) {
    return token(request).flatMap(sessions::find);
  }

  /// `handler` for administrators alone: others are sent to the way in, and whatever changes
  /// something must come from a page of this server.
  public Handler guarded(Handler handler) {
    return request -> {
      boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
      if (!reads && !request.isFromOwnPage(publicUrl.get())) {
        return foreign();
      }
      if (session(request).isEmpty()) {
        return reads
            ? to("admin/enter").empty()
            : Problem.of(
                    403,
                    "Not signed in",
                    "Only an administrator may do this, and your session is over or never was.")
                .toResponse();
      }
      return handler.handle(request);
    };
  }

  private Response home(Request request) {
    Optional<AdminSessions.Session> session = session(request);
    return session.isEmpty()
        ? to("admin/enter").empty()
        : pages.page(request, "admin.jte", new AdminPage(pages.shell(request), session.get()));
  }

  private Response redeem(Request request) throws InterruptedException {
    if (!request.isFromOwnPage(publicUrl.get())) {
      return foreign();
    }
    return switch (request.form(FORM_LIMIT)) {
      case Form.Refused(Response answer) -> answer;
      case Form.Sent sent ->
          sessions
              .redeem(sent.field("code").orElse("").strip(), request.client())
              .map(admission ->
                  to("admin").header("Set-Cookie", cookie(request, admission.token(), "")).empty())
              .orElseGet(() -> enter(request, 403));
    };
  }

  private Response leave(Request request) {
    token(request).ifPresent(sessions::end);
    return to("").header("Set-Cookie", cookie(request, "", "; Max-Age=0")).empty();
  }

  private Response enter(Request request, int status) {
    return pages.page(
        request, status, "admin-enter.jte", new AdminEntrance(pages.shell(request), status != 200));
  }

  /// Who sent `request`, in words, for what is remembered of a decision.
  String visitor(Request request) {
    return "administrator, from " + request.client();
  }

  /// Sends the browser to a page of this server.
  Response.Builder to(String path) {
    return Response.status(303)
        .header("Location", URI.create(publicUrl.get().getRawPath()).resolve(path).toString())
        .header("Cache-Control", "no-store");
  }

  private String cookie(Request request, String token, String more) {
    return cookieName(request)
        + "="
        + token
        + "; Path=/; HttpOnly; SameSite=Strict"
        + (isSecure(request) ? "; Secure" : "")
        + more;
  }

  /// With TLS under a name that a browser takes from this very host alone (RFC 6265bis section
  /// 4.1.3.2).
  private String cookieName(Request request) {
    return isSecure(request) ? "__Host-wellhead-admin" : "wellhead-admin";
  }

  private boolean isSecure(Request request) {
    return request.secure() || "https".equals(publicUrl.get().getScheme());
  }

  private Optional<String> token(Request request) {
    String name = cookieName(request);
    for (String line : request.headers("Cookie")) {
      for (String pair : line.split(";", 100)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return Optional.of(pair.substring(equals + 1).strip());
        }
      }
    }
    return Optional.empty();
  }

  private static Response foreign() {
    return Problem.of(
            403,
            "Not from a page of this server",
            "This was not sent by a page of this server, as its public URL (server.public_url) says"
                + " where it is; open that URL and send the form there.")
        .toResponse();
  }
}
