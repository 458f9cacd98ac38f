package dev.wellhead.server.index;

import dev.wellhead.server.blob.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file on its way from the source, with one writer and any number of clients that read along.
///
/// The last [#HELD_BACK] bytes wait until the digest of the whole was right, so that nobody ends up
/// with a whole wrong file.
final class Arrival {
  static final int HELD_BACK = 64 << 10;

  private static final int CHUNK = 64 << 10;

  /// How it stands; every state but `Asked` and `Coming` is final.
  sealed interface State {
    /// The source has not answered yet.
    record Asked() implements State {}

    /// Bytes come; `written` of them can be read at `path`.
    record Coming(Path path, long written) implements State {}

    /// All of it is here and right.
    record Kept(Blob blob) implements State {}

    /// It will not come.
    record Failed(Failure failure) implements State {}
  }

  /// Why a file did not come: the person who waits for it gets `why`.
  sealed interface Failure {
    String why();

    /// The source does not have it, though its page says so.
    record Absent(String why) implements Failure {}

    /// What the source sent cannot be used.
    record Refused(String why) implements Failure {}

    /// The source cannot be reached.
    record Unreachable(String why, @Nullable Instant again) implements Failure {}

    /// It came, and could not be kept here: a full disk, a broken one.
    record Fault(String why) implements Failure {}
  }

  /// It failed while a client was reading along.
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailedException(Failure failure) {
      super(failure.why());
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  private final long size;
  // Guarded by this; whoever changes it wakes all that wait.
  private State state = new State.Asked();

  /// @param size of the whole file in bytes, -1 where nobody knows before it is here
  Arrival(long size) {
    this.size = size;
  }

  synchronized State state() {
    return state;
  }

  synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  /// Waits until the source has answered: `Coming`, `Kept` or `Failed`.
  synchronized State awaitAnswer() throws InterruptedException {
    while (state instanceof State.Asked) {
      wait();
    }
    return state;
  }

  /// Waits until it is all here or will not come: `Kept` or `Failed`.
  synchronized State awaitEnd() throws InterruptedException {
    while (state instanceof State.Asked || state instanceof State.Coming) {
      wait();
    }
    return state;
  }

  /// Copies the whole file to `out` as it comes. Throws before the end where it will not come, so
  /// that the client sees a short answer and never a complete wrong one.
  void copyTo(OutputStream out) throws IOException {
    try (FileChannel file = open()) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      long at = 0;
      while (at < size) {
        long readable = awaitBeyond(at);
        while (at < readable) {
          chunk.clear().limit((int) Math.min(CHUNK, readable - at));
          int read = file.read(chunk, at);
          if (read < 0) {
            throw new IOException("the arriving file ends at " + at + ", before its size " + size);
          }
          out.write(chunk.array(), 0, read);
          at += read;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a file was arriving", e);
    }
  }

  private FileChannel open() throws IOException, InterruptedException {
    if (state() instanceof State.Coming(Path path, long _)) {
      try {
        return FileChannel.open(path, StandardOpenOption.READ);
      } catch (NoSuchFileException ending) {
        // Just now it got its name or was thrown away, and the state will say which.
      }
    }
    return switch (awaitEnd()) {
      case State.Kept(Blob blob) -> FileChannel.open(blob.path(), StandardOpenOption.READ);
      case State.Failed(Failure failure) -> throw new FailedException(failure);
      case State.Asked _, State.Coming _ ->
          throw new IllegalStateException("waited for the end and got none");
    };
  }

  private synchronized long awaitBeyond(long at) throws IOException, InterruptedException {
    while (true) {
      switch (state) {
        case State.Coming(Path _, long written) -> {
          long readable = Math.min(written, size - HELD_BACK);
          if (readable > at) {
            return readable;
          }
        }
        case State.Kept _ -> {
          return size;
        }
        case State.Failed(Failure failure) -> throw new FailedException(failure);
        case State.Asked _ -> {}
      }
      wait();
    }
  }
}
