package dev.wellhead.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Answers what never reaches a handler - requests that are no valid HTTP - with problem documents.
///
/// They are counted and logged as all others are: somebody who only ever sends such requests would
/// be seen nowhere else.
///
/// Neither Jetty's text nor the client's is repeated. An unknown HTTP version is 400 here and not
/// 505, so that no request however odd looks like a failure of the server.
final class ProblemErrors extends ErrorHandler {
  private final Edge edge;

  ProblemErrors(Edge edge) {
    this.edge = edge;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    int status = request.getAttribute(ERROR_STATUS) instanceof Integer code ? code : 500;
    Response answer = problem(status).toResponse();
    response.setStatus(answer.status());
    String id = edge.ids().of(request);
    response.getHeaders().add(answer.fields()).put(RequestIds.field(id));
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      // Where one request ends was in doubt, nothing after it can be trusted.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    boolean head = request.getMethod().equals("HEAD");
    ByteBuffer content = head ? BufferUtil.EMPTY_BUFFER : bytes(answer);
    if (status < 500) { // what fails later has an exchange, which counts it
      edge.traffic().count("none", request.getMethod(), answer.status(), 0, content.remaining());
      Exchange.logAccess(edge, request, answer.status(), content.remaining(), 0, id);
    }
    response.write(true, content, callback);
    return true;
  }

  private static ByteBuffer bytes(Response answer) {
    return answer.body() instanceof Response.Body.Bytes bytes
        ? bytes.view()
        : BufferUtil.EMPTY_BUFFER;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 414 ->
          Problem.of(
              414, "Address too long", "The request target is longer than this server reads.");
      case 431 ->
          Problem.of(431, "Headers too large", "The headers are larger than this server reads.");
      case 408 -> Problem.of(408, "Too slow", "The request did not arrive in time.");
      case 417 ->
          Problem.of(417, "Expectation failed", "The `Expect` header asks for the unknown.");
      case 426 -> Problem.of(426, "Upgrade required", "This version of HTTP is not spoken here.");
      case 500, 503 -> Problem.of(status, "Internal error", "The answer could not be made.");
      default ->
          Problem.of(
              400,
              "Malformed request",
              "The request is not valid HTTP: its first line, headers or framing are malformed or"
                  + " can be read in two ways.");
    };
  }
}
