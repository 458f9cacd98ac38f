package dev.wellhead.server.web;

import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.http.Form;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.Reservations;
import dev.wellhead.server.index.Reservations.Wish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reserving names and taking that back, for administrators, in two steps each: what it would do is
/// shown first, and takes hold when that page is confirmed.
final class ReservedPages {
  private static final int FORM_LIMIT = 16_384;
  private static final String LIST = "admin/reserved";

  private final AdminDoor door;
  private final Reservations reservations;
  private final Pages pages;

  ReservedPages(AdminDoor door, Reservations reservations, Pages pages) {
    this.door = door;
    this.reservations = reservations;
    this.pages = pages;
  }

  Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/admin/reserved", door.guarded(request -> list(request, 200, null)))
        // Whoever changes the language on a second step comes back to the list.
        .route("GET", "/admin/reserve", door.guarded(_ -> door.to(LIST).empty()))
        .route("GET", "/admin/unreserve", door.guarded(_ -> door.to(LIST).empty()))
        .route("POST", "/admin/reserve", door.guarded(this::reserve))
        .route("POST", "/admin/unreserve", door.guarded(this::unreserve));
  }

  private Response list(Request request, int status, ReservedPage.@Nullable Refused refused)
      throws DatabaseFault {
    return pages.page(
        request,
        status,
        "reserved.jte",
        new ReservedPage(pages.shell(request), reservations.all(), refused));
  }

  private Response reserve(Request request) throws Exception {
    return switch (request.form(FORM_LIMIT)) {
      case Form.Refused(Response answer) -> answer;
      case Form.Sent sent -> {
        String pattern = sent.field("pattern").orElse("");
        String reason = sent.field("reason").orElse("");
        yield switch (reservations.wish(pattern, reason)) {
          case Wish.Fits fits -> reserve(request, fits, sent.field("shown"));
          case Wish.NoPattern(String typed) ->
              list(request, 400, new ReservedPage.Refused("reserved.no-pattern", typed, reason));
          case Wish.LongReason _ ->
              list(request, 400, new ReservedPage.Refused("reserved.long", pattern, reason));
        };
      }
    };
  }

  /// @param shown the stamp of what the sender was shown, where this comes from the second step
  private Response reserve(Request request, Wish.Fits wish, Optional<String> shown)
      throws DatabaseFault {
    if (shown.isPresent() && shown.get().equals(wish.stamp())) {
      reservations.reserve(wish);
      return door.to(LIST).empty();
    }
    return pages.page(
        request, "reserve.jte", new ReserveStep(pages.shell(request), wish, shown.isPresent()));
  }

  private Response unreserve(Request request) throws Exception {
    return switch (request.form(FORM_LIMIT)) {
      case Form.Refused(Response answer) -> answer;
      case Form.Sent sent -> {
        Optional<ReservedPattern> pattern = sent.field("pattern").flatMap(ReservedPattern::of);
        if (pattern.isEmpty()) {
          yield door.to(LIST).empty();
        }
        if (sent.field("confirmed").isPresent()) {
          // Where it is gone already, that is what was wanted.
          reservations.unreserve(pattern.get());
          yield door.to(LIST).empty();
        }
        yield pages.page(
            request, "unreserve.jte", new UnreserveStep(pages.shell(request), pattern.get()));
      }
    };
  }
}
