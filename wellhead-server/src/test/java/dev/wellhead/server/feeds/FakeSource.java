package dev.wellhead.server.feeds;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A place on the net that has what a test puts there, or is down.
final class FakeSource implements Fetcher {
  private final Map<String, byte[]> bodies = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean isDown;

  @Override
  public Answer fetch(URI url) {
    asked.add(url.getPath());
    if (isDown) {
      return new Answer.Failed(url + " gave no answer: connection refused.");
    }
    byte[] body = bodies.get(url.getPath());
    return body == null
        ? new Answer.Absent(404)
        : new Answer.Open(new ByteArrayInputStream(body), body.length);
  }

  void put(String path, String body) {
    put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  void put(String path, byte[] body) {
    bodies.put(path, body);
  }

  void remove(String path) {
    bodies.remove(path);
  }

  void down(boolean down) {
    isDown = down;
  }

  /// What was asked for since the last question.
  List<String> asked() {
    List<String> paths = List.copyOf(asked);
    asked.clear();
    return paths;
  }
}
