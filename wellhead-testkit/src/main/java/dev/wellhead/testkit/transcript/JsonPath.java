package dev.wellhead.testkit.transcript;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// As much of JSONPath as transcripts need: `$`, `.name`, `["any name"]` (single quotes), `[0]`,
/// `[-1]`, and `[?name=value]` for the first element of a list that has this value.
final class JsonPath {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^']*)'\\]|\\[(-?\\d+)\\]|\\[\\?([^=\\]]+)=([^\\]]*)\\]");

  private JsonPath() {}

  static Optional<JsonNode> find(String json, String path) {
    JsonNode at = parse(json);
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("a JSON path starts with $: " + path);
    }
    Matcher step = STEP.matcher(path);
    int done = 1;
    while (done < path.length()) {
      step.region(done, path.length());
      if (!step.lookingAt()) {
        throw new IllegalArgumentException(
            "cannot read the JSON path from here: " + path.substring(done));
      }
      at = next(at, step);
      if (at.isMissingNode()) {
        return Optional.empty();
      }
      done = step.end();
    }
    return Optional.of(at);
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static JsonNode next(JsonNode at, Matcher step) {
    if (step.group(1) != null) {
      return at.path(step.group(1));
    }
    if (step.group(2) != null) {
      return at.path(step.group(2));
    }
    if (step.group(3) != null) {
      int index = Integer.parseInt(step.group(3));
      return at.path(index < 0 ? at.size() + index : index);
    }
    for (JsonNode element : at) {
      if (element.path(step.group(4)).asString("").equals(step.group(5))) {
        return element;
      }
    }
    return at.path("no such element");
  }
}
