package dev.wellhead.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content.Source;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/// Reads a whole body into memory, bounded in bytes and time.
final class ContentBody {
  private static final long SECONDS = 20;

  private ContentBody() {}

  /// @param what the body is, as a sentence calls it: `form`
  static Content read(Request jetty, int limit, String what) throws InterruptedException {
    if (jetty.getLength() > limit) {
      return tooLong(limit, what);
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Source.asByteArrayAsync(jetty, limit, Promise.Invocable.toPromise(body));
    try {
      return new Content.Sent(ByteBuffer.wrap(body.get(SECONDS, TimeUnit.SECONDS)));
    } catch (TimeoutException slow) {
      jetty.fail(slow);
      return refused(
          408,
          "Too slow",
          "The " + what + " did not come within " + SECONDS + " seconds; send it again.");
    } catch (ExecutionException e) {
      return e.getCause() instanceof IllegalStateException
          ? tooLong(limit, what)
          : refused(400, "Cut short", "The " + what + " broke off; send it again.");
    }
  }

  private static Content tooLong(int limit, String what) {
    return refused(413, "Too long", "A " + what + " here has at most " + limit + " bytes.");
  }

  private static Content refused(int status, String title, String sentence) {
    return new Content.Refused(Problem.of(status, title, sentence).toResponse());
  }
}
