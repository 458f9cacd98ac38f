package dev.wellhead.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.io.Content;

/// Takes what a [BodyWriter] writes, in pieces of 16 KiB, and holds it to the length it declared.
///
/// Nothing is sent before the first piece is full or flushed, so that a writer which fails early
/// still gets a proper problem document.
final class StreamedOutput extends OutputStream {
  private static final int PIECE = 16 * 1024;

  private final Content.Sink sink;
  private final long declared;
  private final byte[] piece = new byte[PIECE];
  private int held;
  private long taken;
  private boolean clientGone;

  StreamedOutput(Content.Sink sink, long declared) {
    this.sink = sink;
    this.declared = declared;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    taken += length;
    if (declared >= 0 && taken > declared) {
      throw new IOException("the body is longer than the " + declared + " bytes declared");
    }
    if (length > PIECE - held) {
      flush();
    }
    if (length >= PIECE) {
      send(ByteBuffer.wrap(bytes, from, length));
    } else {
      System.arraycopy(bytes, from, piece, held, length);
      held += length;
    }
  }

  @Override
  public void flush() throws IOException {
    if (held > 0) {
      int length = held;
      held = 0;
      send(ByteBuffer.wrap(piece, 0, length));
    }
  }

  /// The bytes not sent yet, to go out with the end of the answer.
  ByteBuffer rest() throws IOException {
    if (declared >= 0 && taken != declared) {
      throw new IOException("the body has " + taken + " of the " + declared + " bytes declared");
    }
    return ByteBuffer.wrap(piece, 0, held);
  }

  /// Whether sending failed, so that whatever the writer threw is no fault of ours.
  boolean clientGone() {
    return clientGone;
  }

  private void send(ByteBuffer bytes) throws IOException {
    try {
      Content.Sink.write(sink, false, bytes);
    } catch (IOException gone) {
      clientGone = true;
      throw gone;
    }
  }
}
