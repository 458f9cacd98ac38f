package dev.wellhead.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes every request on the thread that read it: refuses what is malformed, answers what memory
/// can, and gives everything else a virtual thread, of which there is a limited number.
final class Front extends org.eclipse.jetty.server.Handler.Abstract.NonBlocking {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final Router router;
  private final Edge edge;
  private final Executor threads;
  private final Semaphore free;
  private final Runnable glance;

  /// @param glance called for every request; must be cheap
  Front(Router router, Edge edge, Executor threads, int handlers, Runnable glance) {
    this.router = router;
    this.edge = edge;
    this.threads = threads;
    this.free = new Semaphore(handlers);
    this.glance = glance;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request jetty,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    Exchange exchange = new Exchange(edge, jetty, response, callback);
    glance.run();
    HttpURI uri = jetty.getHttpURI();
    String raw = uri.getPath();
    String complaint = raw == null ? "The request target has no path." : RequestPath.complaint(raw);
    Map<String, String> query = QueryString.parse(uri.getQuery());
    if (raw == null || complaint != null) {
      exchange.send(malformed("Malformed path", String.valueOf(complaint)));
    } else if (query == null) {
      exchange.send(
          malformed(
              "Malformed query",
              "The query holds a malformed percent code, a NUL, or more than "
                  + QueryString.PAIR_LIMIT
                  + " parameters."));
    } else {
      answer(exchange, jetty, RequestPath.decode(raw), query);
    }
    return true;
  }

  private void answer(
      Exchange exchange,
      org.eclipse.jetty.server.Request jetty,
      String path,
      Map<String, String> query) {
    String method = jetty.getMethod();
    Router.Found found = router.find(method, path);
    exchange.route(pattern(found));
    Request request =
        new Request(jetty, exchange.id(), path, query, parameters(found), edge.proxies());
    exchange.dress(answer -> forPeople(request, answer));
    Optional<Response> known = Optional.empty();
    if (method.equals("GET") || method.equals("HEAD")) {
      try {
        known = router.memory().answer(request);
      } catch (RuntimeException | StackOverflowError bug) {
        exchange.sendFailure(bug);
        return;
      }
    }
    if (known.isPresent()) {
      Response answer = known.get();
      if (found instanceof Router.Found.Nothing) {
        exchange.route("memory");
      }
      if (!exchange.sendNow(answer)) {
        onThread(exchange, () -> exchange.sendBlocking(answer));
      }
      return;
    }
    switch (found) {
      case Router.Found.Answered(String _, Map<String, String> _, Handler handler) ->
          handle(exchange, request, handler);
      case Router.Found.OtherMethods(String _, String allow) -> exchange.send(otherMethods(allow));
      case Router.Found.Nothing _ -> exchange.send(nothing());
    }
  }

  private void handle(Exchange exchange, Request request, Handler handler) {
    if (!free.tryAcquire()) {
      exchange.send(busy());
      return;
    }
    boolean started =
        onThread(
            exchange,
            () -> {
              Response answer = ask(exchange, request, handler);
              if (answer != null) {
                exchange.sendBlocking(answer);
              }
            });
    if (!started) {
      free.release();
    }
  }

  /// The permit covers the handler and not the sending: a thousand slow downloads are a matter of
  /// the connection limit and must not keep others from being answered. A body that is written as
  /// it goes is no part of it either.
  private @Nullable Response ask(Exchange exchange, Request request, Handler handler) {
    try {
      return handler.handle(request);
    } catch (Throwable failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      exchange.sendFailure(failure);
      return null;
    } finally {
      free.release();
    }
  }

  /// The page of the problem, where there is one for whoever asks. A page that cannot be made must
  /// not hide what it would have told.
  private Response forPeople(Request request, Response answer) {
    Problem problem = answer.problem();
    if (problem == null) {
      return answer;
    }
    try {
      return router.problems().page(request, problem).map(answer::as).orElse(answer);
    } catch (RuntimeException bug) {
      LOG.error("the page of a problem could not be made", bug);
      return answer;
    }
  }

  private boolean onThread(Exchange exchange, Runnable work) {
    try {
      threads.execute(() -> {
        try (var _ = MDC.putCloseable("request", exchange.id())) {
          work.run();
        }
      });
      return true;
    } catch (RejectedExecutionException stopping) {
      exchange.send(busy());
      return false;
    }
  }

  private static String pattern(Router.Found found) {
    return switch (found) {
      case Router.Found.Answered answered -> answered.pattern();
      case Router.Found.OtherMethods other -> other.pattern();
      case Router.Found.Nothing _ -> "none";
    };
  }

  private static Map<String, String> parameters(Router.Found found) {
    return found instanceof Router.Found.Answered answered ? answered.parameters() : Map.of();
  }

  private static Response malformed(String title, String sentence) {
    return Problem.of(400, title, sentence).toResponse();
  }

  private static Response busy() {
    return Problem.of(
            503,
            "Too busy",
            "The server works on as many requests as it may; try again in a moment.")
        .toResponse()
        .with("Retry-After", "1");
  }

  private static Response otherMethods(String allow) {
    return Problem.of(405, "Method not allowed", "This address answers " + allow + " only.")
        .toResponse()
        .with("Allow", allow);
  }

  private static Response nothing() {
    return Problem.of(404, "Not found", "Nothing lives at this address.").toResponse();
  }
}
