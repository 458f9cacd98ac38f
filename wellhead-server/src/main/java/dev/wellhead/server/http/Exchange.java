package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One request and the sending of its answer; counted and logged once, when the last byte is out or
/// the client is gone.
final class Exchange implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final int LOGGED_PATH = 500;

  private final Edge edge;
  private final org.eclipse.jetty.server.Request request;
  private final org.eclipse.jetty.server.Response response;
  private final Callback callback;
  private final String id;
  private final long started;
  private String route = "none";
  private int status;
  private @Nullable String reason;
  private boolean reasonPassed;
  private volatile boolean clientGone;
  // Keeps what is being sent alive ([Scratch]).
  private @Nullable Response sending;
  private UnaryOperator<Response> dressing = UnaryOperator.identity();

  Exchange(
      Edge edge,
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    this.edge = edge;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.id = edge.ids().of(request);
    this.started = edge.ticker().getAsLong();
    edge.inFlight().begin();
  }

  String id() {
    return id;
  }

  /// Names the pattern that this request is counted under.
  void route(String pattern) {
    route = pattern;
  }

  /// What an answer that tells of a problem goes through before it is sent.
  void dress(UnaryOperator<Response> changed) {
    dressing = changed;
  }

  /// Sends an answer whose body is in memory; never blocks.
  void send(Response bare) {
    Response answer = bare.problem() == null ? bare : dressing.apply(bare);
    begin(answer);
    ByteBuffer content =
        answer.body() instanceof Response.Body.Bytes bytes && !isHead()
            ? bytes.toSend(edge.scratch())
            : BufferUtil.EMPTY_BUFFER;
    response.write(true, content, this);
  }

  /// Sends `answer` where that needs no waiting: its body is in memory, or a file that is mapped
  /// and in memory.
  ///
  /// @return false where nothing was sent, since it wants a thread of its own
  boolean sendNow(Response answer) {
    if (!blocks(answer)) {
      send(answer);
      return true;
    }
    // Behind TLS each byte is work, which is not for the thread that reads all connections.
    MappedFiles.Lease file =
        answer.body() instanceof Response.Body.FilePart part && !request.isSecure()
            ? edge.mapped().ready(part)
            : null;
    if (file == null) {
      return false;
    }
    begin(answer);
    response.write(true, file.buffer(), new Sending(file));
    return true;
  }

  private boolean blocks(Response answer) {
    return !isHead()
        && switch (answer.body()) {
          case Response.Body.Empty _, Response.Body.Bytes _ -> false;
          case Response.Body.Stream _, Response.Body.FilePart _ -> true;
        };
  }

  /// Sends any answer, waiting for the client where the body is a stream or a file.
  void sendBlocking(Response answer) {
    if (!blocks(answer)) {
      send(answer);
      return;
    }
    try {
      switch (answer.body()) {
        case Response.Body.Empty _, Response.Body.Bytes _ -> send(answer);
        case Response.Body.Stream(long length, BodyWriter writer) -> {
          begin(answer);
          StreamedOutput out = new StreamedOutput(this::write, length);
          writer.writeTo(out);
          response.write(true, out.rest(), this);
        }
        case Response.Body.FilePart part -> {
          try (FileSender file = FileSender.open(part, edge.mapped())) {
            begin(answer);
            response.write(true, file.send(this::write), this);
          }
        }
      }
    } catch (IOException | RuntimeException | Error broken) {
      cut(broken);
    }
  }

  /// Answers what a handler threw: 503 for a fault, 500 for a bug; logged here and nowhere else.
  void sendFailure(Throwable failure) {
    boolean fault = failure instanceof Exception && !(failure instanceof RuntimeException);
    try (var _ = MDC.putCloseable("request", id)) {
      if (failure instanceof InterruptedException) { // the server stops, and has said so
        LOG.debug("{} {} was cut by the stop", request.getMethod(), loggedPath(request), failure);
      } else {
        LOG.error("{} {} failed", request.getMethod(), loggedPath(request), failure);
      }
    }
    Problem problem =
        fault
            ? Problem.of(
                503,
                "Not possible just now",
                "Something this answer needs is failing; try again in a moment. The log has more"
                    + " under request "
                    + id
                    + ".")
            : Problem.of(
                500,
                "Internal error",
                "This should not happen and is a bug; the log has more under request " + id + ".");
    send(fault ? problem.toResponse().with("Retry-After", "5") : problem.toResponse());
  }

  @Override
  public void succeeded() {
    end();
    callback.succeeded();
    edge.inFlight().end();
  }

  /// Ends the exchange without a proper end of the answer: the connection is cut, or on HTTP/2 the
  /// stream is reset.
  @Override
  public void failed(Throwable failure) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("request {} ended early", id, failure);
    }
    end();
    callback.failed(failure);
    edge.inFlight().end();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private void cut(Throwable broken) {
    if (clientGone) {
      failed(broken);
    } else if (!response.isCommitted()) {
      response.reset();
      if (broken instanceof NoBodyException none) {
        send(none.answer());
      } else {
        sendFailure(broken);
      }
    } else {
      try (var _ = MDC.putCloseable("request", id)) {
        LOG.warn(
            "{} {} was cut while it was sent", request.getMethod(), loggedPath(request), broken);
      }
      failed(broken);
    }
  }

  private void begin(Response answer) {
    sending = answer;
    status = answer.status();
    reason = answer.reason();
    response.setStatus(status);
    response.getHeaders().add(answer.fields()).add(RequestIds.field(id));
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    boolean one = version != HttpVersion.HTTP_2;
    if (one && hasBody()) {
      // Nobody reads the body of a request that needs none; what is left of it must not be taken
      // for the next request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (answer.body() instanceof Response.Body.Stream(long length, BodyWriter _)
        && length < 0
        && version == HttpVersion.HTTP_1_1) {
      // Without chunks the end of the connection would be the end of the body, and a cut would look
      // like it.
      response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, "chunked");
    }
    if (reason != null && one && !reasonPassed) {
      reasonPassed = true;
      request.addHttpStreamWrapper(ReasonStream::new);
    }
  }

  private boolean hasBody() {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /// A write of a body in pieces; remembers that the client is gone, so that nobody takes that for
  /// a fault of ours.
  private void write(boolean last, ByteBuffer bytes, Callback done) {
    response.write(
        last,
        bytes,
        Callback.from(
            done.getInvocationType(),
            done::succeeded,
            failure -> {
              clientGone = true;
              done.failed(failure);
            }));
  }

  private void end() {
    try {
      long nanos = edge.ticker().getAsLong() - started;
      long bytes = org.eclipse.jetty.server.Response.getContentBytesWritten(response);
      edge.traffic().count(route, request.getMethod(), status, nanos, bytes);
      logAccess(edge, request, status, bytes, TimeUnit.NANOSECONDS.toMillis(nanos), id);
    } finally {
      Reference.reachabilityFence(sending);
    }
  }

  /// One line for a request that was answered, where lines are asked for.
  static void logAccess(
      Edge edge,
      org.eclipse.jetty.server.Request request,
      int status,
      long bytes,
      long millis,
      String id) {
    if (edge.accessLog()) {
      ACCESS.info(
          "{} {} {} {} {}ms {} {}",
          word(request.getMethod()),
          loggedPath(request),
          status,
          bytes,
          millis,
          edge.proxies().client(request).address(),
          id);
    }
  }

  /// A word that a client sent, so that it stays one.
  private static String word(String sent) {
    String cut = sent.length() > LOGGED_PATH ? sent.substring(0, LOGGED_PATH) + "..." : sent;
    return cut.replaceAll("[^\\x21-\\x7e]", "?");
  }

  /// The path as it was sent, in percent codes, so that no client can write lines of its own into a
  /// log; without the query, which may hold secrets.
  private static String loggedPath(org.eclipse.jetty.server.Request request) {
    return word(String.valueOf(request.getHttpURI().getPath()));
  }

  /// The sending of a mapped file, which is given back at the end.
  private final class Sending implements Callback {
    private final MappedFiles.Lease file;

    Sending(MappedFiles.Lease file) {
      this.file = file;
    }

    @Override
    public void succeeded() {
      file.close();
      Exchange.this.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      file.close();
      Exchange.this.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  /// Puts the reason phrase into the status line, for which Jetty's own response has no place.
  private final class ReasonStream extends HttpStream.Wrapper {
    ReasonStream(HttpStream stream) {
      super(stream);
    }

    @Override
    public void send(
        MetaData.Request asked,
        MetaData.@Nullable Response answer,
        boolean last,
        ByteBuffer content,
        Callback done) {
      String phrase = reason;
      MetaData.Response sent =
          answer == null || phrase == null
              ? answer
              : new MetaData.Response(
                  answer.getStatus(),
                  phrase,
                  answer.getHttpVersion(),
                  answer.getHttpFields(),
                  answer.getContentLength(),
                  answer.getTrailersSupplier());
      super.send(asked, sent, last, content, done);
    }
  }
}
