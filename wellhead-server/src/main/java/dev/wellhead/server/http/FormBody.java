package dev.wellhead.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// Reads a form (`application/x-www-form-urlencoded`), bounded in bytes, fields and time.
final class FormBody {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final long SECONDS = 20;

  private FormBody() {}

  static Form read(Request jetty, int limit) throws InterruptedException {
    String type = jetty.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!isForm(type)) {
      return refused(415, "Not a form", "This address takes forms only: send " + TYPE + ".");
    }
    if (jetty.getLength() > limit) {
      return tooLong(limit);
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(jetty, limit, Promise.Invocable.toPromise(body));
    try {
      String text = new String(body.get(SECONDS, TimeUnit.SECONDS), StandardCharsets.ISO_8859_1);
      Map<String, String> fields = QueryString.parse(text);
      return fields == null
          ? refused(
              400,
              "Malformed form",
              "The form holds a malformed percent code, a NUL, or more than "
                  + QueryString.PAIR_LIMIT
                  + " fields.")
          : new Form.Sent(fields);
    } catch (TimeoutException slow) {
      jetty.fail(slow);
      return refused(
          408, "Too slow", "The form did not come within " + SECONDS + " seconds; send it again.");
    } catch (ExecutionException e) {
      return e.getCause() instanceof IllegalStateException
          ? tooLong(limit)
          : refused(400, "Cut short", "The form broke off; send it again.");
    }
  }

  private static boolean isForm(@Nullable String type) {
    if (type == null) {
      return false;
    }
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  private static Form tooLong(int limit) {
    return refused(413, "Too long", "A form here has at most " + limit + " bytes.");
  }

  private static Form refused(int status, String title, String sentence) {
    return new Form.Refused(Problem.of(status, title, sentence).toResponse());
  }
}
