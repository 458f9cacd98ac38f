package dev.wellhead.server.notify;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings alarms to the destinations of the settings, each on a thread of its own, so that one that
/// fails or hangs delays no other.
///
/// What is to be brought are rows of the database: it goes on where it stood after a restart. A
/// destination that is new in the settings gets what is raised from then on.
public final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration MAILS_APART = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 1_000;

  private final List<Post> posts;
  private final @Nullable WebhookClient client;
  private final List<Thread> threads = new ArrayList<>();
  private final Semaphore ended = new Semaphore(0);
  private volatile boolean isClosed;

  /// What deliveries stand on.
  ///
  /// @param publicUrl where clients reach this server
  public record Ground(
      Database database,
      InstantSource clock,
      RandomGenerator random,
      MeterRegistry metrics,
      Supplier<URI> publicUrl) {}

  private Delivery(List<Post> posts, @Nullable WebhookClient client) {
    this.posts = List.copyOf(posts);
    this.client = client;
  }

  /// Notes which destinations there are. Nothing is brought before [#start].
  public static Delivery open(Ground ground, NotifySettings settings) throws DatabaseFault {
    List<Post> posts = new ArrayList<>();
    WebhookClient client = settings.webhooks().isEmpty() ? null : WebhookClient.start();
    boolean isWhole = false;
    try {
      for (NotifySettings.Webhook each : settings.webhooks()) {
        if (client != null) {
          Post.Address address =
              new Post.Address(
                  "webhook " + each.name(), origin(each.url()), each.least(), Duration.ZERO);
          posts.add(new Post(ground, address, new WebhookCarrier(each, client.http())));
        }
      }
      NotifySettings.Mail mail = settings.mail();
      if (mail != null) {
        Post.Address address =
            new Post.Address("mail", String.join(", ", mail.to()), mail.least(), MAILS_APART);
        posts.add(new Post(ground, address, new MailCarrier(mail, ground.publicUrl())));
      }
      isWhole = true;
      return new Delivery(posts, client);
    } finally {
      if (!isWhole && client != null) {
        client.close();
      }
    }
  }

  /// Begins to bring what waits and what comes; to be called once.
  public void start() {
    for (Post post : posts) {
      threads.add(Thread.ofVirtual().name("notify " + post.name()).start(() -> run(post)));
    }
  }

  /// How each destination does, as in the settings.
  public List<DestinationState> states() throws DatabaseFault {
    List<DestinationState> states = new ArrayList<>();
    for (Post post : posts) {
      states.add(post.state());
    }
    return states;
  }

  /// Brings what is due to `destination`, until nothing is or it fails.
  void bring(String destination) throws DatabaseFault, InterruptedException {
    for (Post post : posts) {
      while (post.name().equals(destination) && post.round()) {
        // there may be more
      }
    }
  }

  /// Ends. What is on its way meanwhile may be sent again after the next start.
  @Override
  public void close() {
    isClosed = true;
    ended.release(posts.size());
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (client != null) {
      client.close();
    }
  }

  private void run(Post post) {
    try {
      while (!isClosed) {
        if (!round(post) && ended.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }

  private boolean round(Post post) throws InterruptedException {
    try {
      return post.round();
    } catch (DatabaseFault e) {
      LOG.warn("alarms for {} wait, since the database does not answer", post.name(), e);
      return false;
    } catch (RuntimeException e) {
      // The edge of a job: the next round, and every other destination, must go on.
      LOG.error("bringing alarms to {} failed", post.name(), e);
      return false;
    }
  }

  /// Without the path, which with many receivers is a secret.
  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
