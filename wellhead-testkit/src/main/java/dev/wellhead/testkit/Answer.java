package dev.wellhead.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the index would answer if nothing were wrong; troubles change it or how it is sent.
record Answer(int status, Map<String, String> headers, FakeFile.Source body) {
  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), new Bytes(body, 0, body.length));
  }

  static Answer text(int status, String text) {
    return of(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  Answer without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new Answer(status, fewer, body);
  }

  Answer withBody(byte[] bytes) {
    return new Answer(status, headers, new Bytes(bytes, 0, bytes.length));
  }

  byte[] bytes() {
    try (InputStream in = body.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// A stretch of bytes in memory.
  static final class Bytes implements FakeFile.Source {
    private final byte[] bytes;
    private final int from;
    private final int length;

    Bytes(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      this.from = from;
      this.length = length;
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes, from, length);
    }
  }

  /// A stretch of another source.
  record Part(FakeFile.Source whole, long from, long size) implements FakeFile.Source {
    @Override
    public InputStream open() throws IOException {
      InputStream in = whole.open();
      in.skipNBytes(from);
      return new InputStream() {
        private long left = size;

        @Override
        public int read() throws IOException {
          if (left == 0) {
            return -1;
          }
          left--;
          return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          if (left == 0) {
            return -1;
          }
          int read = in.read(into, offset, (int) Math.min(length, left));
          left -= Math.max(read, 0);
          return read;
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    }
  }
}
