package dev.wellhead.server.feeds;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.http.Content;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Serves what is held in the form of OSV's API, so that clients that ask OSV can ask here.
public final class FeedsDoor {
  private static final String JSON = "application/json";
  private static final int LONGEST_QUESTION = 1 << 20;
  private static final int MOST_QUESTIONS = 1_000;
  private static final int INVALID_ARGUMENT = 3; // the code that OSV's own answers have
  private static final int NOT_FOUND = 5;

  private final OsvAnswers answers;
  private final JsonMapper json = new JsonMapper();

  /// @param own what was blocked here
  public FeedsDoor(Feeds feeds, OwnBlocks own) {
    this.answers = new OsvAnswers(feeds, own);
  }

  /// Adds the routes.
  public Router.Builder routes(Router.Builder router) {
    return router
        .route("POST", "/v1/query", this::query)
        .route("POST", "/v1/querybatch", this::batch)
        .route("GET", "/v1/vulns/{id}", this::record);
  }

  private Response query(Request request) throws InterruptedException, DatabaseFault {
    return switch (question(request)) {
      case Asked.No(Response answer) -> answer;
      case Asked.Json(JsonNode asked) -> {
        Optional<OsvQuery> query = OsvQuery.read(asked);
        yield query.isEmpty()
            ? invalid("The question names neither a package nor a commit.")
            : ok(answers.records(query.get()));
      }
    };
  }

  private Response batch(Request request) throws InterruptedException, DatabaseFault {
    return switch (question(request)) {
      case Asked.No(Response answer) -> answer;
      case Asked.Json(JsonNode asked) -> batch(asked.path("queries"));
    };
  }

  private Response batch(JsonNode queries) throws DatabaseFault {
    if (!queries.isArray() || queries.size() > MOST_QUESTIONS) {
      return invalid("A batch has `queries`, a list of at most " + MOST_QUESTIONS + ".");
    }
    ObjectNode answer = json.createObjectNode();
    ArrayNode results = answer.putArray("results");
    for (JsonNode asked : queries) {
      Optional<OsvQuery> query = OsvQuery.read(asked);
      if (query.isEmpty()) {
        return invalid(
            "Question " + (results.size() + 1) + " names neither a package nor a commit.");
      }
      results.add(answers.ids(query.get()));
    }
    return ok(answer);
  }

  private Response record(Request request) throws DatabaseFault {
    Optional<ObjectNode> record = answers.record(request.parameter("id"));
    return record.isPresent()
        ? ok(record.get())
        : problem(404, NOT_FOUND, "No such record", "No feed has a record of this id.");
  }

  private sealed interface Asked {
    record Json(JsonNode asked) implements Asked {}

    record No(Response answer) implements Asked {}
  }

  private Asked question(Request request) throws InterruptedException {
    return switch (request.content(LONGEST_QUESTION)) {
      case Content.Refused(Response answer) -> new Asked.No(answer);
      case Content.Sent sent -> {
        try {
          yield new Asked.Json(json.readTree(sent.copy()));
        } catch (JacksonException e) {
          yield new Asked.No(invalid("The question is no JSON."));
        }
      }
    };
  }

  private Response ok(ObjectNode answer) {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .bytes(JSON, json.writeValueAsBytes(answer));
  }

  private static Response invalid(String sentence) {
    return problem(400, INVALID_ARGUMENT, "Invalid question", sentence);
  }

  private static Response problem(int status, int code, String title, String sentence) {
    return new Problem(status, title, sentence, Map.of("code", code, "message", sentence))
        .toResponse();
  }
}
