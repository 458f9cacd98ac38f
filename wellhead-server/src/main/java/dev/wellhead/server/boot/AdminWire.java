package dev.wellhead.server.boot;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes over a data folder's socket: lines of UTF-8, each bounded.
///
/// The caller sends one line, a request. Lines come back that begin with what they are: `o` and `e`
/// for the two outputs, `p` for progress, and last `x` with the exit code.
final class AdminWire {
  static final int LONGEST_REQUEST = 1 << 18;
  static final int LONGEST_FRAME = 1 << 16;

  /// What an address of a socket has room for, on Linux without the byte that ends it.
  private static final int LONGEST_PATH = 107;

  private static final String SOCKET = "admin.sock";
  private static final JsonMapper JSON = new JsonMapper();

  private AdminWire() {}

  /// A verb's call.
  ///
  /// @param version of the program that calls
  /// @param directory where it was called
  /// @param arguments the whole command line, the verb first
  record Request(String version, Path directory, List<String> arguments) {
    Request {
      arguments = List.copyOf(arguments);
    }

    /// One line, without its end.
    String line() {
      return JSON.writeValueAsString(
          Map.of("version", version, "directory", directory.toString(), "arguments", arguments));
    }

    /// What such a line says, or empty where it is none.
    static Optional<Request> of(String line) {
      try {
        JsonNode json = JSON.readTree(line);
        List<String> arguments = new ArrayList<>();
        json.path("arguments").values().forEach(value -> arguments.add(value.asString("")));
        String version = json.path("version").asString("");
        Path directory = Path.of(json.path("directory").asString(""));
        return version.isEmpty() || arguments.isEmpty() || !directory.isAbsolute()
            ? Optional.empty()
            : Optional.of(new Request(version, directory, arguments));
      } catch (JacksonException | java.nio.file.InvalidPathException e) {
        return Optional.empty();
      }
    }
  }

  /// A folder's socket.
  static Path socket(Path folder) {
    return folder.resolve(SOCKET);
  }

  /// The socket's address as this process can write it: absolute, or relative to where it runs;
  /// empty where both are longer than an address can be.
  static Optional<UnixDomainSocketAddress> address(Path folder, Path directory) {
    Path socket = socket(folder);
    Path relative = directory.relativize(socket);
    return List.of(socket, relative).stream()
        .filter(path -> bytes(path) <= LONGEST_PATH)
        .findFirst()
        .map(UnixDomainSocketAddress::of);
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /// Sends a line; control characters are gone from it already.
  static void send(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads lines; used by one thread.
  static final class Lines {
    private final SocketChannel channel;
    private final int longest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).flip();

    Lines(SocketChannel channel, int longest) {
      this.channel = channel;
      this.longest = longest;
    }

    /// The next line without its end; null at the end of the connection, where a line that was
    /// begun is lost.
    @Nullable String next() throws IOException {
      java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
      while (true) {
        while (buffer.hasRemaining()) {
          byte b = buffer.get();
          if (b == '\n') {
            return line.toString(StandardCharsets.UTF_8);
          }
          line.write(b);
          if (line.size() > longest) {
            throw new IOException("a line of more than " + longest + " bytes");
          }
        }
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        if (read < 0) {
          return null;
        }
      }
    }
  }
}
