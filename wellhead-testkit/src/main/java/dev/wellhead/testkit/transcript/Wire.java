package dev.wellhead.testkit.transcript;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One HTTP/1.1 exchange over a socket of its own, byte for byte.
///
/// A ready-made client would hide the reason phrase, repair lengths and refuse to send what a
/// hostile client sends. This one is strict where servers err: a body that is shorter or longer
/// than its `Content-Length`, bytes after HEAD or 304, a broken chunk are errors.
final class Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int BODY_LIMIT = 64 * 1024 * 1024;

  private Wire() {}

  static Reply exchange(URI address, byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      return read(in, method(request));
    }
  }

  private static String method(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    int space = text.indexOf(' ');
    return space < 0 ? "" : text.substring(0, space);
  }

  private static Reply read(InputStream in, String method) throws IOException {
    String status = line(in);
    while (status.startsWith("HTTP/1.1 1")) {
      fields(in);
      status = line(in);
    }
    List<Reply.Field> fields = fields(in);
    Reply head = new Reply(status, fields, new byte[0]);
    byte[] body = body(in, method, head);
    if (head.header("Connection").orElse("").toLowerCase(Locale.ROOT).equals("close")
        && in.read() != -1) {
      throw new IOException("bytes follow the end of the answer: " + status);
    }
    return new Reply(status, fields, body);
  }

  private static byte[] body(InputStream in, String method, Reply head) throws IOException {
    if (method.equals("HEAD") || head.status() == 304 || head.status() == 204) {
      return new byte[0];
    }
    if (head.header("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT).equals("chunked")) {
      return chunked(in);
    }
    String length = head.header("Content-Length").orElse("");
    if (length.isEmpty()) {
      return in.readNBytes(BODY_LIMIT);
    }
    int announced = number(length, 10);
    byte[] body = in.readNBytes(announced);
    if (body.length < announced) {
      throw new EOFException(
          "the body ends after " + body.length + " of " + announced + " announced bytes");
    }
    return body;
  }

  private static byte[] chunked(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int length = number(size.replaceFirst(";.*", "").strip(), 16);
      if (length == 0) {
        fields(in);
        return out.toByteArray();
      }
      byte[] chunk = in.readNBytes(length);
      if (chunk.length < length || out.size() + length > BODY_LIMIT) {
        throw new EOFException("the answer breaks off in a chunk, after " + out.size() + " bytes");
      }
      out.write(chunk);
      if (!line(in).isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
    }
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number < 0 || number > BODY_LIMIT) {
        throw new IOException("a length beyond reason: " + text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IOException("not a length: " + text, e);
    }
  }

  private static List<Reply.Field> fields(InputStream in) throws IOException {
    List<Reply.Field> fields = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("not a header line: " + line);
      }
      fields.add(new Reply.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b == -1) {
        throw new EOFException("the connection was closed within the head, after: " + out);
      }
      if (out.length() >= HEAD_LIMIT) {
        throw new IOException("a header line without end");
      }
      out.append((char) b);
    }
    if (!out.isEmpty() && out.charAt(out.length() - 1) == '\r') {
      out.setLength(out.length() - 1);
    }
    return out.toString();
  }
}
