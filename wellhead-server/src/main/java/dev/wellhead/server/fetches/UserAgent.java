package dev.wellhead.server.fetches;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the User-Agent headers that Python's tools, libraries and browsers send.
///
/// There are three families: pip, uv and hatch send their name and a JSON object ("linehaul" data);
/// poetry, pdm, twine and libraries send products (RFC 9110, section 10.1.5) among which are Python
/// and the system; browsers send products that all pretend to be one another.
final class UserAgent {
  private static final int LIMIT = 4096;
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> IMPLEMENTATIONS =
      List.of("CPython", "PyPy", "Jython", "IronPython", "GraalPy", "GraalVM", "RustPython");

  /// What browsers call themselves, most telling first: each sends the names after it too.
  private static final List<String> BROWSERS =
      List.of("Firefox", "Edg", "OPR", "Chrome", "Version");

  private UserAgent() {}

  static ClientSoftware parse(String header) {
    String text = header.length() > LIMIT ? header.substring(0, LIMIT) : header;
    int brace = text.indexOf('{');
    Map<String, String> products = products(brace < 0 ? text : text.substring(0, brace));
    if (products.containsKey("Mozilla")) {
      return browser(text, products);
    }
    if (products.isEmpty()) {
      return ClientSoftware.UNKNOWN;
    }
    Map.Entry<String, String> first = products.entrySet().iterator().next();
    JsonNode data = brace < 0 ? null : data(text.substring(brace));
    if (data != null) {
      return described(first, data);
    }
    return library(first, products);
  }

  private static ClientSoftware described(Map.Entry<String, String> first, JsonNode data) {
    JsonNode installer = data.path("installer");
    String version = text(installer.path("version"));
    return new ClientSoftware(
        first.getKey().toLowerCase(Locale.ROOT),
        version.isEmpty() ? first.getValue() : version,
        text(data.path("implementation").path("name")),
        text(data.path("python")),
        system(data.path("distro"), data.path("system")),
        data.path("ci").isBoolean() && data.path("ci").booleanValue());
  }

  /// The distribution where it is told, since a kernel's release says little and tells each machine
  /// apart.
  private static String system(JsonNode distribution, JsonNode system) {
    String name = text(distribution.path("name"));
    return name.isEmpty()
        ? system(text(system.path("name")), text(system.path("release")))
        : (name + " " + text(distribution.path("version"))).strip();
  }

  private static String system(String name, String release) {
    return switch (name) {
      case "Windows" -> ("Windows " + release).strip();
      case "Darwin" -> "macOS";
      default -> name;
    };
  }

  private static ClientSoftware library(
      Map.Entry<String, String> first, Map<String, String> products) {
    String implementation = "";
    String python = "";
    String system = "";
    for (Map.Entry<String, String> product : products.entrySet()) {
      if (IMPLEMENTATIONS.contains(product.getKey())) {
        implementation = product.getKey();
        python = product.getValue();
      } else if (List.of("Linux", "Windows", "Darwin", "FreeBSD").contains(product.getKey())) {
        system = system(product.getKey(), product.getValue());
      }
    }
    return switch (first.getKey()) {
      case "python-requests" -> named("requests", first, implementation, python, system);
      case "python-httpx" -> named("httpx", first, implementation, python, system);
      case "python-urllib3" -> named("urllib3", first, implementation, python, system);
      case "Python-urllib" -> new ClientSoftware("urllib", "", "", first.getValue(), system, false);
      case "Python" -> // aiohttp puts Python first
          new ClientSoftware(
              products.containsKey("aiohttp") ? "aiohttp" : "python",
              products.getOrDefault("aiohttp", ""),
              implementation,
              first.getValue(),
              system,
              false);
      default ->
          named(first.getKey().toLowerCase(Locale.ROOT), first, implementation, python, system);
    };
  }

  private static ClientSoftware named(
      String tool,
      Map.Entry<String, String> product,
      String implementation,
      String python,
      String system) {
    return new ClientSoftware(tool, product.getValue(), implementation, python, system, false);
  }

  private static ClientSoftware browser(String text, Map<String, String> products) {
    String version =
        BROWSERS.stream()
            .filter(products::containsKey)
            .findFirst()
            .map(name -> browserName(name) + " " + products.get(name))
            .orElse("");
    String system = "";
    if (text.contains("Windows NT")) {
      system = "Windows";
    } else if (text.contains("Android")) {
      system = "Android";
    } else if (text.contains("iPhone") || text.contains("iPad")) {
      system = "iOS";
    } else if (text.contains("Mac OS X")) {
      system = "macOS";
    } else if (text.contains("Linux")) {
      system = "Linux";
    }
    return new ClientSoftware("browser", version, "", "", system, false);
  }

  private static String browserName(String product) {
    return switch (product) {
      case "Edg" -> "Edge";
      case "OPR" -> "Opera";
      case "Version" -> "Safari";
      default -> product;
    };
  }

  /// The products `name/version` outside of comments, in order; the first of a name counts.
  private static Map<String, String> products(String text) {
    Map<String, String> products = new LinkedHashMap<>();
    int depth = 0;
    for (String word : text.replace("(", " ( ").replace(")", " ) ").split(" +", -1)) {
      switch (word) {
        case "(" -> depth++;
        case ")" -> depth = Math.max(0, depth - 1);
        default -> {
          int slash = word.indexOf('/');
          String name = slash < 0 ? word : word.substring(0, slash);
          if (depth == 0 && isName(name)) {
            products.putIfAbsent(name, slash < 0 ? "" : word.substring(slash + 1));
          }
        }
      }
    }
    return products;
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.');
  }

  private static @Nullable JsonNode data(String text) {
    int end = text.lastIndexOf('}');
    try {
      JsonNode node = end < 0 ? null : JSON.readTree(text.substring(0, end + 1));
      return node != null && node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }
}
