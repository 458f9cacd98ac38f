package dev.wellhead.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// A refusal in the form of RFC 9457: what is wrong in a few words, and a sentence of detail.
///
/// The content type is exactly `application/problem+json`: uv compares it literally, and a
/// parameter would hide the detail from its user. `more` holds extension members, in the order
/// given.
public record Problem(int status, String title, String detail, Map<String, Object> more) {
  /// The one content type of every problem.
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final Set<String> OWN = Set.of("status", "title", "detail");
  private static final JsonMapper JSON = new JsonMapper();

  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not the status of a problem: " + status);
    }
    if (more.keySet().stream().anyMatch(OWN::contains)) {
      throw new IllegalArgumentException("extension members may not replace " + OWN);
    }
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /// A problem without extension members.
  public static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, Map.of());
  }

  /// The document, as bytes of UTF-8.
  public byte[] toJson() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
    document.putAll(more);
    return JSON.writeValueAsBytes(document);
  }

  /// The answer with the usual reason phrase of its status; not to be stored by any cache.
  public Response toResponse() {
    return answer().bytes(CONTENT_TYPE, toJson()).telling(this);
  }

  /// The answer with a reason phrase of its own, which is what pip, poetry and twine show.
  public Response toResponse(String reasonPhrase) {
    return answer().reason(reasonPhrase).bytes(CONTENT_TYPE, toJson()).telling(this);
  }

  private Response.Builder answer() {
    return Response.status(status).header("Cache-Control", "no-store");
  }
}
