package dev.wellhead.server.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/// Posts one event at a time. Only a status from 200 to 299 counts; nothing is followed, and what
/// the receiver answers beside it is not read.
final class WebhookCarrier implements Carrier {
  private static final long LIMIT_SECONDS = 15;

  private final NotifySettings.Webhook webhook;
  private final HttpClient client;
  private final JsonMapper json = new JsonMapper();

  WebhookCarrier(NotifySettings.Webhook webhook, HttpClient client) {
    this.webhook = webhook;
    this.client = client;
  }

  @Override
  public int most() {
    return 1;
  }

  @Override
  public Optional<String> carry(List<AlarmEvent> events, Instant now) throws InterruptedException {
    for (AlarmEvent event : events) {
      Optional<String> failure = post(event, now);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private Optional<String> post(AlarmEvent event, Instant now) throws InterruptedException {
    String id = event.name();
    String body = body(event);
    long seconds = now.getEpochSecond();
    Request request =
        client
            .newRequest(webhook.url())
            .method(HttpMethod.POST)
            .body(new StringRequestContent("application/json", body))
            .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .headers(fields -> {
              fields.put("webhook-id", id);
              fields.put("webhook-timestamp", Long.toString(seconds));
              fields.put(
                  "webhook-signature", WebhookSignature.of(webhook.secret(), id, seconds, body));
            });
    CompletableFuture<Integer> status = new CompletableFuture<>();
    request.send(result -> {
      Throwable failure = result.getFailure();
      if (failure == null) {
        status.complete(result.getResponse().getStatus());
      } else {
        status.completeExceptionally(failure);
      }
    });
    try {
      // Jetty's own limit ends it; the margin is for a client that does not.
      int answer = status.get(LIMIT_SECONDS + 5, TimeUnit.SECONDS);
      return answer >= 200 && answer <= 299
          ? Optional.empty()
          : Optional.of("it answered with status " + answer);
    } catch (ExecutionException e) {
      return Optional.of("it did not answer: " + words(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      return Optional.of("it did not answer within " + LIMIT_SECONDS + " seconds");
    } finally {
      var _ = request.abort(new InterruptedException("nobody waits for the answer any more"));
    }
  }

  private static String words(Throwable failure) {
    return failure.getClass().getSimpleName() + " " + failure.getMessage();
  }

  private String body(AlarmEvent event) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("alarm", event.alarm());
    data.put("key", event.key());
    data.put("severity", event.severity().word());
    data.put("subject", event.subject());
    data.put("sentence", event.sentence());
    data.put("owner", event.owner());
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "alarm." + event.kind().word());
    message.put("timestamp", event.at().toString());
    message.put("data", data);
    return json.writeValueAsString(message);
  }
}
