package dev.wellhead.server.upstream;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Hands an answer from Jetty's threads to the one that waits for it, with a limit on each wait.
///
/// At most one chunk is held: the next is asked for when the last was taken, so that a slow reader
/// slows the sender down and no memory fills. The lock guards all fields; Jetty is never called
/// under it.
final class Arrival implements Response.Listener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Response response;
  private Content.@Nullable Chunk chunk;
  private @Nullable Runnable demand;
  private @Nullable Throwable failure;
  private boolean complete;
  private boolean closed;

  @Override
  public void onHeaders(Response arrived) {
    lock.lock();
    try {
      response = arrived;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onContent(Response arrived, Content.Chunk arrivedChunk, Runnable demander) {
    if (!arrivedChunk.hasRemaining()) {
      demander.run();
      return;
    }
    boolean unwanted;
    lock.lock();
    try {
      unwanted = closed;
      if (!unwanted) {
        arrivedChunk.retain();
        chunk = arrivedChunk;
        demand = demander;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      var _ = arrived.abort(new ClosedChannelException());
    }
  }

  @Override
  public void onComplete(Result result) {
    lock.lock();
    try {
      failure = result.getFailure();
      complete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The head of the answer, or null when it did not come in time.
  @Nullable Response head(Duration limit) throws FailedException, InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (response == null) {
        if (complete) {
          throw new FailedException(failure);
        }
        if (left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
      return response;
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes were read: -1 at the end, 0 when none came in time.
  int read(byte[] into, int offset, int length, Duration limit)
      throws FailedException, InterruptedIOException {
    long left = limit.toNanos();
    Content.Chunk taken;
    Runnable next;
    int read;
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      while (chunk == null) {
        if (complete && failure != null) {
          throw new FailedException(failure);
        }
        if (complete) {
          return -1;
        }
        if (left <= 0) {
          return 0;
        }
        left = changed.awaitNanos(left);
      }
      ByteBuffer bytes = chunk.getByteBuffer();
      read = Math.min(bytes.remaining(), length);
      bytes.get(into, offset, read);
      if (bytes.hasRemaining()) {
        return read;
      }
      taken = chunk;
      next = demand;
      chunk = null;
      demand = null;
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
    taken.release();
    if (next != null) {
      next.run();
    }
    return read;
  }

  /// Wants no more of it: ends the transfer unless it is complete.
  void close() {
    Content.Chunk left;
    Response cut;
    lock.lock();
    try {
      closed = true;
      left = chunk;
      chunk = null;
      cut = complete ? null : response;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (left != null) {
      left.release();
    }
    if (cut != null) {
      var _ = cut.abort(new ClosedChannelException());
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for an upstream");
  }

  /// The transfer failed, as Jetty says.
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(@Nullable Throwable cause) {
      super(cause);
    }
  }
}
