package dev.wellhead.server.boot;

import dev.wellhead.server.feeds.Fetcher;
import dev.wellhead.server.upstream.FileAnswer;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the hosts of feeds as indexes are asked: within the same limits of time and size, through
/// the same proxy, and following redirects only within the host.
final class FeedFetcher implements Fetcher, AutoCloseable {
  private final Wiring wiring;
  private final Surroundings surroundings;

  // One for each host that was asked; guarded by this.
  private final Map<URI, Upstream> hosts = new HashMap<>();
  private boolean closed;

  FeedFetcher(Wiring wiring, Surroundings surroundings) {
    this.wiring = wiring;
    this.surroundings = surroundings;
  }

  /// Whether a feed can be got from `text`: a whole URL, without user and password.
  static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return isWeb
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public Answer fetch(URI url) {
    if (!isUrl(url.toString())) {
      return new Answer.Failed("That is no http or https URL without password.");
    }
    try {
      Upstream host = host(url.resolve("/"));
      if (host == null) {
        return new Answer.Failed("The server is stopping.");
      }
      return switch (host.file(url)) {
        case FileAnswer.Open open -> new Answer.Open(open.body(), open.length());
        case FileAnswer.Absent absent -> new Answer.Absent(absent.status());
        case FileAnswer.Refused refused -> new Answer.Failed(refused.why());
        case FileAnswer.Unreachable none -> new Answer.Failed(none.why());
      };
    } catch (UpstreamRefusedException e) {
      return new Answer.Failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    hosts.values().forEach(Upstream::close);
    hosts.clear();
  }

  /// Null once this is closed.
  private synchronized @Nullable Upstream host(URI root) throws UpstreamRefusedException {
    if (closed) {
      return null;
    }
    Upstream host = hosts.get(root);
    if (host == null) {
      host = Upstream.open(wiring.feedHost(root), surroundings);
      hosts.put(root, host);
    }
    return host;
  }
}
