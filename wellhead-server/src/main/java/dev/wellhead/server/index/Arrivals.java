package dev.wellhead.server.index;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.blob.NoRoomException;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.index.Arrival.Failure;
import dev.wellhead.server.index.Arrival.State;
import dev.wellhead.server.upstream.FileAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings files from the source, each once however many ask, and keeps them.
///
/// The bringing belongs to nobody's request: a client that leaves early spoils nothing, and the
/// next one finds the file here.
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
  private static final int CHUNK = 64 << 10;

  private final Blobs blobs;
  private final Opening opening;
  private final InstantSource clock;
  private final CacheBudget budget;
  // Guarded by this; an entry leaves when its end is decided.
  private final Map<Wanted, Arrival> underWay = new HashMap<>();
  // Guarded by this; set when the house closes.
  private boolean closed;

  /// What is brought. A page that gives a digest another place or size than a second page does must
  /// not decide how that one's file arrives.
  private record Wanted(Sha256 sha256, String url, long size) {}

  /// Begins to bring the file at a URL of its source.
  interface Opening {
    FileAnswer open(URI url);

    /// Why there are no bytes of a file that a page names.
    default String absent(HeldFile file) {
      return "a page of the upstream index names "
          + file.entry().filename()
          + ", and its bytes are neither there nor here";
    }
  }

  Arrivals(Blobs blobs, Opening opening, InstantSource clock, CacheBudget budget) {
    this.blobs = blobs;
    this.opening = opening;
    this.clock = clock;
    this.budget = budget;
  }

  /// The file where it is here, else its arrival, begun now where it was not under way.
  Arrival of(HeldFile file, Sha256 sha256) throws IOException {
    Long stated = file.entry().size();
    Wanted wanted = new Wanted(sha256, file.entry().url(), stated == null ? -1 : stated);
    Arrival arrival = new Arrival(wanted.size());
    synchronized (this) {
      Arrival known = underWay.get(wanted);
      if (known != null) {
        return known;
      }
      // Looked up under the lock: what ended a moment ago is in the folder and not in the map.
      Optional<Blob> blob = blobs.borrow(sha256, clock.instant());
      if (blob.isPresent()) {
        arrival.become(new State.Kept(blob.get()));
        return arrival;
      }
      if (closed) {
        arrival.become(new State.Failed(new Failure.Unreachable("the server is stopping", null)));
        return arrival;
      }
      underWay.put(wanted, arrival);
    }
    Thread.ofVirtual().name("arrival-" + sha256.hex()).start(() -> bring(file, wanted, arrival));
    return arrival;
  }

  /// Lets nothing new begin and waits for what is under way; an interrupt ends the waiting.
  synchronized void close() {
    closed = true;
    while (!underWay.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void bring(HeldFile file, Wanted wanted, Arrival arrival) {
    State end = new State.Failed(new Failure.Fault("an error inside Wellhead; its log says which"));
    try {
      end = brought(file, wanted.sha256(), arrival);
    } catch (NoRoomException e) {
      end = failed(new Failure.Fault("there is no room for it here: " + e.getMessage()), file);
    } catch (IOException e) {
      LOG.warn("{} came and could not be kept: {}", file.path(), e.getMessage());
      end =
          new State.Failed(
              new Failure.Fault("the file could not be kept here; the server's log says why"));
    } catch (RuntimeException | Error bug) {
      // The edge of this thread: those who wait are sent to the log, so it must be there.
      LOG.error("{} could not be brought", file.path(), bug);
    } finally {
      // In this order: who no longer finds the arrival in the map must find the blob in the folder.
      arrival.become(end);
      synchronized (this) {
        underWay.remove(wanted);
        notifyAll();
      }
    }
  }

  private State brought(HeldFile file, Sha256 sha256, Arrival arrival) throws IOException {
    return switch (opening.open(URI.create(file.entry().url()))) {
      case FileAnswer.Open(InputStream body, long length) -> {
        try (body) {
          yield receive(file, sha256, arrival, body, length);
        }
      }
      case FileAnswer.Absent _ -> failed(new Failure.Absent(opening.absent(file)), file);
      case FileAnswer.Refused(String why) -> failed(new Failure.Refused(why), file);
      case FileAnswer.Unreachable unreachable ->
          failed(new Failure.Unreachable(unreachable.why(), unreachable.retryAfter()), file);
    };
  }

  private State receive(
      HeldFile file, Sha256 sha256, Arrival arrival, InputStream body, long length)
      throws IOException {
    Long stated = file.entry().size();
    if (stated != null && length >= 0 && length != stated) {
      return failed(wrongSize(file, stated, length), file);
    }
    try (Incoming incoming = blobs.receive(stated != null ? stated : Math.max(length, 0))) {
      arrival.become(new State.Coming(incoming.path(), 0));
      byte[] chunk = new byte[CHUNK];
      int read;
      while ((read = read(body, chunk)) > 0) {
        incoming.write(ByteBuffer.wrap(chunk, 0, read));
        if (stated != null && incoming.length() > stated) {
          return failed(wrongSize(file, stated, incoming.length()), file);
        }
        arrival.become(new State.Coming(incoming.path(), incoming.length()));
      }
      if (read == BROKEN) {
        return failed(
            new Failure.Unreachable(
                "the upstream broke off after "
                    + incoming.length()
                    + " bytes of "
                    + file.entry().filename(),
                null),
            file);
      }
      if (stated != null && incoming.length() != stated) {
        return failed(wrongSize(file, stated, incoming.length()), file);
      }
      if (!incoming.digest().equals(sha256)) {
        return failed(
            new Failure.Refused(
                "what the upstream sent as "
                    + file.entry().filename()
                    + " has the SHA-256 "
                    + incoming.digest().hex()
                    + ", but its page says "
                    + sha256.hex()),
            file);
      }
      Blob kept = incoming.keep();
      budget.arrived(kept.length());
      return new State.Kept(kept);
    }
  }

  static final int BROKEN = -2;

  /// Bytes read, -1 at the end, or [#BROKEN]: a fault of the source's is not one of the disk's.
  static int read(InputStream body, byte[] chunk) {
    try {
      return body.read(chunk);
    } catch (IOException e) {
      LOG.debug("the upstream's body broke off", e);
      return BROKEN;
    }
  }

  private static Failure wrongSize(HeldFile file, long stated, long came) {
    return new Failure.Refused(
        "what the upstream sent as "
            + file.entry().filename()
            + " has "
            + came
            + " bytes or more, but its page says "
            + stated);
  }

  private static State failed(Failure failure, HeldFile file) {
    LOG.warn("{} did not come: {}", file.path(), failure.why());
    return new State.Failed(failure);
  }
}
