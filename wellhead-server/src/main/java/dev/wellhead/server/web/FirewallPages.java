package dev.wellhead.server.web;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.http.Form;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.web.FirewallSource.Choice;
import dev.wellhead.server.web.FirewallSource.Decided;
import dev.wellhead.server.web.FirewallSource.Reason;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// The pages that say what the firewall does and why. Everybody may read them; deciding is for
/// administrators.
final class FirewallPages {
  private static final int SHOWN = 25;
  private static final int FORM_LIMIT = 8_192;
  private static final int LONGEST_REASON = 500;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final FirewallSource source;
  private final AdminDoor admin;
  private final Pages pages;
  private final InstantSource clock;
  private final JsonMapper json = new JsonMapper();

  FirewallPages(FirewallSource source, AdminDoor admin, Pages pages, InstantSource clock) {
    this.source = source;
    this.admin = admin;
    this.pages = pages;
    this.clock = clock;
  }

  Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/b/{token}", this::reason)
        .route("GET", "/firewall", this::dashboard)
        .route("GET", "/firewall.json", _ -> chart())
        .route("GET", "/holds", this::holds)
        .route("POST", "/holds/{id}", admin.guarded(this::decide))
        .route("GET", "/policy", this::policy)
        .route("GET", "/feeds", this::feeds);
  }

  private Response reason(Request request) throws DatabaseFault {
    String token = request.parameter("token");
    Optional<Reason> found =
        TOKEN.matcher(token).matches() ? source.reason(token) : Optional.empty();
    return found.isPresent()
        ? pages.page(
            request,
            "reason.jte",
            new ReasonPage(pages.shell(request), clock.instant(), found.get()))
        : Problem.of(
                404,
                "Nothing here",
                "This link leads nowhere: it was cut off, or what it told of is long over.")
            .toResponse();
  }

  private Response dashboard(Request request) throws DatabaseFault {
    return pages.page(
        request,
        "firewall.jte",
        new FirewallPage(pages.shell(request), clock.instant(), source.dashboard()));
  }

  private Response chart() throws DatabaseFault {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", json.writeValueAsBytes(FirewallPage.chart(source.dashboard())));
  }

  private Response holds(Request request) throws DatabaseFault {
    int from = Numbers.from(request);
    return pages.page(
        request,
        "holds.jte",
        new HoldsPage(
            pages.shell(request),
            clock.instant(),
            admin.session(request).isPresent(),
            source.holds(from, SHOWN),
            from));
  }

  private Response decide(Request request) throws DatabaseFault, InterruptedException {
    return switch (request.form(FORM_LIMIT)) {
      case Form.Refused(Response answer) -> answer;
      case Form.Sent sent -> decide(request, sent);
    };
  }

  private Response decide(Request request, Form.Sent sent) throws DatabaseFault {
    String id = request.parameter("id");
    String reason = sent.field("reason").orElse("").strip();
    Optional<Choice> choice =
        switch (sent.field("choice").orElse("")) {
          case "release" -> Optional.of(Choice.RELEASE);
          case "block" -> Optional.of(Choice.BLOCK);
          default -> Optional.empty();
        };
    if (choice.isEmpty() || reason.isEmpty() || reason.length() > LONGEST_REASON) {
      return Problem.of(
              400,
              "A decision has a reason",
              "Say whether to release or to block it, and why, in at most 500 characters.")
          .toResponse();
    }
    if (!TOKEN.matcher(id).matches()) {
      return Problem.of(404, "No such hold", "Nothing waits under this number.").toResponse();
    }
    return switch (source.decide(id, choice.get(), reason, admin.visitor(request))) {
      case Decided.Done() -> admin.to("holds").empty();
      case Decided.Refused(String why) -> Problem.of(409, "Not decided", why).toResponse();
    };
  }

  private Response policy(Request request) throws DatabaseFault {
    return pages.page(
        request,
        "policy.jte",
        new PolicyPage(pages.shell(request), clock.instant(), source.policy()));
  }

  private Response feeds(Request request) throws DatabaseFault {
    return pages.page(
        request, "feeds.jte", new FeedsPage(pages.shell(request), clock.instant(), source.feeds()));
  }
}
