package dev.wellhead.server.upstream;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/// Says in words what Jetty throws.
final class Failures {
  private Failures() {}

  static String words(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "no answer";
      case UnknownHostException _ -> "its name has no address";
      case ConnectException _ -> "the connection was refused";
      case NoRouteToHostException _ -> "there is no route to it";
      case SocketTimeoutException _ -> "no connection came about in time";
      case TimeoutException _ -> "nothing was heard for too long";
      case SSLException e -> "TLS failed: " + message(e);
      case EOFException _ -> "the connection was closed early";
      case ClosedChannelException _ -> "the connection was closed early";
      case HttpResponseException e -> "the answer cannot be used: " + message(e);
      case HttpException _ -> "the answer is not sound HTTP";
      default ->
          failure.getCause() == null
              ? failure.getClass().getSimpleName() + " " + message(failure)
              : words(failure.getCause());
    };
  }

  private static String message(Throwable failure) {
    return Words.quoted(String.valueOf(failure.getMessage()));
  }
}
