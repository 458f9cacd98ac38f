package dev.wellhead.server.web;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Style, script and pictures, in memory. Their addresses carry the beginning of their SHA-256, so
/// that a browser never asks twice for one and never uses an old one.
final class StaticFiles {
  private static final int SHORT = 16;

  /// Every file that is served; nothing else is, whatever the program's archive holds.
  static final List<String> NAMES =
      List.of(
          "pico.css",
          "uplot.css",
          "wellhead.css",
          "htmx.js",
          "uplot.js",
          "guard.js",
          "pages.js",
          "admin-enter.js",
          "search.js",
          "wellhead.svg",
          "notices.txt");

  private final Map<String, StaticFile> files = new LinkedHashMap<>();

  private record StaticFile(String hash, Response lasting, Response fleeting) {}

  StaticFiles() {
    for (String name : NAMES) {
      byte[] bytes = bytes(name);
      String hash = hash(bytes);
      files.put(
          name,
          new StaticFile(
              hash,
              answer(name, bytes, hash, "public, max-age=31536000, immutable"),
              answer(name, bytes, hash, "no-cache")));
    }
  }

  /// The address of a file, which changes with its bytes.
  String href(String name) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException("no such static file: " + name);
    }
    return "/static/" + name + "?v=" + file.hash().substring(0, SHORT);
  }

  Response answer(Request request) {
    StaticFile file = files.get(request.parameter("name"));
    if (file == null) {
      return Problem.of(404, "Not found", "There is no such file.").toResponse();
    }
    if (request.holds('"' + file.hash() + '"')) {
      return Response.status(304).header("ETag", '"' + file.hash() + '"').empty();
    }
    return request.query("v").filter(file.hash().substring(0, SHORT)::equals).isPresent()
        ? file.lasting()
        : file.fleeting();
  }

  private static Response answer(String name, byte[] bytes, String hash, String caching) {
    return Response.status(200)
        .header("Cache-Control", caching)
        .header("ETag", '"' + hash + '"')
        .header("X-Content-Type-Options", "nosniff")
        .bytes(contentType(name), bytes);
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }

  static byte[] bytes(String name) {
    String resource = "/web/static/" + name;
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the program cannot read its own " + resource, e);
    }
  }

  static String hash(byte[] bytes) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes)).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
