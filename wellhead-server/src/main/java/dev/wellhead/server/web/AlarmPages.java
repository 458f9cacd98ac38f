package dev.wellhead.server.web;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.notify.Raised;
import dev.wellhead.server.notify.Raised.Standing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The page of alarms, which everybody may read, and the button for administrators.
final class AlarmPages {
  private static final int SHOWN = 50;

  private final Watch watch;
  private final AdminDoor admin;
  private final Pages pages;
  private final InstantSource clock;

  AlarmPages(Watch watch, AdminDoor admin, Pages pages, InstantSource clock) {
    this.watch = watch;
    this.admin = admin;
    this.pages = pages;
    this.clock = clock;
  }

  Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/alarms", this::page)
        .route("POST", "/alarms/{id}/acknowledge", admin.guarded(this::acknowledge));
  }

  private Response page(Request request) throws DatabaseFault {
    List<AlarmsPage.Part> parts = new ArrayList<>();
    List<Standing> asked = asked(request);
    for (Standing standing : asked) {
      int from = asked.size() == 1 ? Numbers.from(request) : 0;
      parts.add(
          new AlarmsPage.Part(
              standing,
              watch.alarms().list(standing, from, SHOWN),
              from,
              watch.alarms().count(standing)));
    }
    return pages.page(
        request,
        "alarms.jte",
        new AlarmsPage(
            pages.shell(request),
            clock.instant(),
            admin.session(request).isPresent(),
            parts,
            watch.delivery().states()));
  }

  private Response acknowledge(Request request) throws DatabaseFault {
    long id = Numbers.id(request.parameter("id"));
    return watch
        .alarms()
        .acknowledge(id, admin.visitor(request))
        .map(Raised::id)
        .map(_ -> admin.to("alarms").empty())
        .orElseGet(() ->
            Problem.of(404, "No such alarm", "There is no alarm of this number.").toResponse());
  }

  private static List<Standing> asked(Request request) {
    String word = request.query("standing").orElse("").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "open" -> List.of(Standing.OPEN);
      case "acknowledged" -> List.of(Standing.ACKNOWLEDGED);
      case "resolved" -> List.of(Standing.RESOLVED);
      default -> List.of(Standing.OPEN, Standing.ACKNOWLEDGED);
    };
  }
}
