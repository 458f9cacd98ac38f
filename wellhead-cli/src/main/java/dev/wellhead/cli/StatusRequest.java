package dev.wellhead.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One GET for a small JSON document, bounded in time and size as a whole.
///
/// The JDK client's own time limit ends with the headers; the limit here is on the future of the
/// whole exchange, so a body that stalls is cut off too.
///
/// @param patience for everything: name, connection, headers and body
/// @param ca a PEM file of authorities to trust beside those of the system, or null
record StatusRequest(Duration patience, @Nullable Path ca) {
  private static final long LARGEST = 1 << 20;

  /// The body of a 200.
  ///
  /// @throws NoAnswerException for anything else, with a sentence
  String ask(URI url) throws NoAnswerException, InterruptedException {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (ca != null) {
      builder.sslContext(Authorities.beside(ca));
    }
    HttpClient client = builder.build();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(url).header("Accept", "application/json").build();
      HttpResponse<String> response =
          client
              .sendAsync(
                  request,
                  BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new NoAnswerException(
            url + " answered with status " + response.statusCode() + ", not with its state.");
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new NoAnswerException(
          url + " gave no whole answer within " + patience.toSeconds() + " s.", e);
    } catch (ExecutionException e) {
      throw new NoAnswerException(
          "%s cannot be asked (%s): is the server running there? Another one is named with --url."
              .formatted(url, why(e.getCause())),
          e);
    } finally {
      client.shutdownNow();
    }
  }

  private static String why(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    if (cause instanceof SSLException) {
      return "its certificate is not trusted: name the authority's PEM file with --ca";
    }
    String message = cause.getMessage();
    return cause instanceof IOException && message != null
        ? message
        : cause.getClass().getSimpleName();
  }
}
