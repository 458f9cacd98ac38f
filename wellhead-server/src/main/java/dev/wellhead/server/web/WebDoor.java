package dev.wellhead.server.web;

import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.upstream.Upstream;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/// The pages for people and for what watches the server.
public final class WebDoor {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none';"
          + " frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";
  private static final int MOST_ROWS = 20;

  private final Rooms rooms;
  private final WebSettings settings;
  private final InstantSource clock;
  private final Instant since;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, WebDoor.class.getClassLoader(), "gg.jte.generated.wellhead");
  private final JsonMapper json = new JsonMapper();
  private final byte[] style;
  private final byte[] description;

  /// What the pages tell of.
  ///
  /// @param draining whether the server is on its way out
  public record Rooms(
      IndexDoor index,
      Catalog catalog,
      Ledger ledger,
      Fetches fetches,
      Upstream upstream,
      PrometheusMeterRegistry metrics,
      BooleanSupplier draining) {}

  public WebDoor(Rooms rooms, WebSettings settings, InstantSource clock) {
    this.rooms = rooms;
    this.settings = settings;
    this.clock = clock;
    this.since = clock.instant();
    this.style = resource("/web/wellhead.css");
    this.description = resource("/web/openapi.json");
  }

  /// Adds the door's routes.
  public Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/", _ -> page("home.jte", settings))
        .route("GET", "/status", _ -> page("status.jte", status()))
        .route("GET", "/status.json", _ -> statusJson())
        .route("GET", "/healthz", _ -> text(200, "ok\n"))
        .route("GET", "/readyz", this::ready)
        .route("GET", "/metrics", _ -> metrics())
        .route("GET", "/openapi.json", _ -> description())
        .route("GET", "/static/wellhead.css", _ -> style())
        .route("GET", "/favicon.ico", _ -> Response.status(204).empty());
  }

  private Status status() throws DatabaseFault {
    return new Status(
        settings.version(),
        clock.instant(),
        since,
        settings.index().toString(),
        settings.database(),
        rooms.upstream().health(),
        rooms.index().lastRefused().orElse(null),
        rooms.catalog().counts(),
        rooms.ledger().waiting(),
        rooms.fetches().totals(),
        rooms.fetches().mostFetched(MOST_ROWS),
        rooms.catalog().newestEvents(MOST_ROWS));
  }

  /// Ready while the database answers and the server is not on its way out. The upstream has no
  /// part in it: what is held is served without it.
  private Response ready(Request request) {
    if (rooms.draining().getAsBoolean()) {
      return Problem.of(503, "Stopping", "The server is on its way out.").toResponse();
    }
    try {
      rooms.catalog().probe();
      return text(200, "ready\n");
    } catch (DatabaseFault e) {
      return Problem.of(503, "Not ready", "The database does not answer; the log says why.")
          .toResponse();
    }
  }

  private Response statusJson() throws DatabaseFault {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", json.writeValueAsBytes(status().json()));
  }

  private Response metrics() {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .bytes(
            "text/plain; version=0.0.4; charset=utf-8",
            rooms.metrics().scrape().getBytes(StandardCharsets.UTF_8));
  }

  private Response style() {
    return Response.status(200)
        .header("Cache-Control", "max-age=3600")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("text/css; charset=utf-8", style);
  }

  private Response description() {
    return Response.status(200)
        .header("Cache-Control", "max-age=3600")
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", description);
  }

  private Response page(String template, Object model) {
    StringOutput out = new StringOutput();
    templates.render(template, Map.of("it", model), out);
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .bytes("text/html; charset=utf-8", out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Response text(int status, String text) {
    return Response.status(status)
        .header("Cache-Control", "no-store")
        .bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] resource(String name) {
    try (InputStream in = WebDoor.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the program cannot read its own " + name, e);
    }
  }
}
