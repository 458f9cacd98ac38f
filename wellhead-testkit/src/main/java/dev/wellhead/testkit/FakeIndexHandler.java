package dev.wellhead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Records a request, takes the right answer and sends it, the way the trouble that is due wants
/// it.
final class FakeIndexHandler extends Handler.Abstract {
  private static final int CHUNK = 64 * 1024;
  private static final Duration STEP = Duration.ofMillis(20);

  private final Pages pages;
  private final FakeIndex index;

  FakeIndexHandler(Pages pages, FakeIndex index) {
    this.pages = pages;
    this.index = index;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    FakeRequest seen = seen(request);
    index.record(seen);
    Trouble trouble = index.due(seen.path());
    if (trouble instanceof Trouble.HangUp) {
      hangUp(request, callback);
      return true;
    }
    if (trouble instanceof Trouble.StallBeforeHeaders(CountDownLatch until)) {
      await(until);
    }
    Answer answer =
        trouble instanceof Trouble.InHtml
            ? pages.answerInHtml(seen, decodedPath(request))
            : pages.answer(seen, decodedPath(request));
    send(request, response, callback, changed(answer, trouble), trouble);
    return true;
  }

  private static FakeRequest seen(Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          List.of(field.getValue() == null ? "" : field.getValue()),
          (before, more) ->
              java.util.stream.Stream.concat(before.stream(), more.stream()).toList());
    }
    String path = request.getHttpURI().getPathQuery();
    return new FakeRequest(
        request.getMethod(),
        String.valueOf(request.getHttpURI().getAuthority()),
        path == null ? "" : path,
        headers);
  }

  private static String decodedPath(Request request) {
    String path = request.getHttpURI().getDecodedPath();
    return path == null ? "" : path;
  }

  /// Troubles that are another answer.
  private static Answer changed(Answer answer, @Nullable Trouble trouble) {
    return switch (trouble) {
      case Trouble.Status(int status, Map<String, String> headers) -> {
        Answer other = Answer.text(status, "trouble " + status);
        for (Map.Entry<String, String> header : headers.entrySet()) {
          other = other.with(header.getKey(), header.getValue());
        }
        yield other;
      }
      case Trouble.Redirect(String location) ->
          Answer.text(302, "Found").with("Location", location);
      case Trouble.Saying(String contentType, String body) ->
          Answer.of(200, contentType, body.getBytes(StandardCharsets.UTF_8));
      case Trouble.ContentType(String value) -> answer.with("Content-Type", value);
      case Trouble.Edited edited -> edited(answer, edited);
      case Trouble.Corrupt(long at) -> corrupt(answer, at);
      case Trouble.Bomb(long bytes) ->
          answer.withBody(bomb(bytes)).with("Content-Encoding", "gzip");
      case null -> answer;
      case Trouble.InHtml _,
          Trouble.StallBeforeHeaders _,
          Trouble.StallMidBody _,
          Trouble.Dripping _,
          Trouble.Truncated _,
          Trouble.Endless _,
          Trouble.HangUp _,
          Trouble.CloseAfter _ ->
          answer;
    };
  }

  private static Answer edited(Answer answer, Trouble.Edited edited) {
    byte[] body = answer.bytes();
    boolean gzip = answer.headers().containsKey("Content-Encoding");
    String text = new String(gzip ? gunzip(body) : body, StandardCharsets.UTF_8);
    byte[] other = edited.edit().apply(text).getBytes(StandardCharsets.UTF_8);
    return answer.without("ETag").withBody(gzip ? Pages.gzip(other) : other);
  }

  private static byte[] gunzip(byte[] body) {
    try (InputStream in =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer corrupt(Answer answer, long at) {
    byte[] body = answer.bytes();
    body[(int) Math.min(at, body.length - 1L)] ^= 0x55;
    return answer.withBody(body);
  }

  private static byte[] bomb(long bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] blanks = new byte[CHUNK];
    Arrays.fill(blanks, (byte) ' ');
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write('{');
      for (long sent = 0; sent < bytes; sent += CHUNK) {
        gzip.write(blanks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void send(
      Request request, Response response, Callback callback, Answer answer, @Nullable Trouble how)
      throws IOException, InterruptedException {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    boolean never = answer.status() == 304 || answer.status() == 204;
    boolean bodiless = request.getMethod().equals("HEAD") || never;
    if (!(how instanceof Trouble.Endless) && !never) {
      response.getHeaders().put("Content-Length", answer.body().size());
    }
    if (bodiless) {
      callback.succeeded();
      return;
    }
    try (OutputStream out = Content.Sink.asOutputStream(response);
        InputStream in = answer.body().open()) {
      switch (how) {
        case Trouble.StallMidBody(long after, CountDownLatch until) -> {
          copy(in, out, after);
          out.flush();
          await(until);
          in.transferTo(out);
        }
        case Trouble.Truncated(long after) -> {
          copy(in, out, after);
          out.flush();
          hangUp(request, callback);
          return;
        }
        case Trouble.Dripping(int bytes, Duration every) -> drip(in, out, bytes, every);
        case Trouble.Endless _ -> endless(in, out);
        case null, default -> in.transferTo(out);
      }
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    if (how instanceof Trouble.CloseAfter) {
      request.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
    }
    callback.succeeded();
  }

  private static void hangUp(Request request, Callback callback) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new EofException("hung up, as was asked for"));
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[CHUNK];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private void drip(InputStream in, OutputStream out, int bytes, Duration every)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[bytes];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
      if (index.closed().await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EofException("the fake index is closed");
      }
    }
  }

  private void endless(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
    byte[] blanks = new byte[CHUNK];
    Arrays.fill(blanks, (byte) ' ');
    while (index.closed().getCount() > 0) {
      out.write(blanks);
    }
    throw new EofException("the fake index is closed");
  }

  private void await(CountDownLatch until) throws InterruptedException, IOException {
    while (!until.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
      if (index.closed().getCount() == 0) {
        throw new EofException("the fake index is closed");
      }
    }
  }
}
