package dev.wellhead.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that sends exactly the bytes it is given and shows exactly what comes back.
final class Wire implements AutoCloseable {
  private final Socket socket;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
  }

  static Wire to(HttpServer server) throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }

  static Wire over(Socket socket) throws IOException {
    return new Wire(socket);
  }

  /// One request on a connection of its own, read to the end. A server that refuses before it has
  /// read everything closes while this is still sending; its answer is there to be read all the
  /// same.
  static Answer ask(HttpServer server, String raw) throws IOException {
    try (Wire wire = to(server)) {
      try {
        wire.send(raw);
      } catch (SocketException closedWhileSending) {
        // What it answered is looked at below, and is empty where it said nothing.
      }
      return wire.readAll();
    }
  }

  /// A GET of `target` with these header lines.
  static Answer get(HttpServer server, String target, String... headers) throws IOException {
    return ask(server, request("GET", target, headers));
  }

  static String request(String method, String target, String... headers) {
    StringBuilder raw = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: here\r\n");
    for (String header : headers) {
      raw.append(header).append("\r\n");
    }
    return raw + "Connection: close\r\n\r\n";
  }

  void send(String raw) throws IOException {
    socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  /// Reads to the end of the connection; a reset counts as an end.
  Answer readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in().transferTo(all);
    } catch (SocketException reset) {
      all.write("<reset>".getBytes(StandardCharsets.US_ASCII));
    }
    return Answer.parse(all.toString(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// An answer taken apart at its empty line.
  record Answer(String statusLine, String headers, String body) {
    static Answer parse(String raw) {
      int line = raw.indexOf("\r\n");
      int empty = raw.indexOf("\r\n\r\n");
      if (line < 0 || empty < 0) {
        return new Answer(raw, "", "");
      }
      String headers = empty == line ? "" : raw.substring(line + 2, empty) + "\r\n";
      return new Answer(raw.substring(0, line), headers, raw.substring(empty + 4));
    }

    int status() {
      return statusLine.startsWith("HTTP/1.1 ") ? Integer.parseInt(statusLine.substring(9, 12)) : 0;
    }

    /// The value of a header, or an empty text.
    String header(String name) {
      for (String line : headers.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }
}
