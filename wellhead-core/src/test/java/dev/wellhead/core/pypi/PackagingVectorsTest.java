package dev.wellhead.core.pypi;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Every answer of the reference implementation, from the shared vectors beside the project.
class PackagingVectorsTest {
  @Test
  void versions_are_read_and_normalized_as_the_reference_does() {
    check("versions.json", PackagingVectorsTest::version);
  }

  private static Object version(JsonNode vector) {
    return Version.parse(vector.get("in").asString())
        .<Object>map(version ->
            List.of(
                version.toString(),
                version.isPrerelease(),
                version.release(),
                version.epoch(),
                version.local(),
                version.publicPart().toString()))
        .equals(expectedVersion(vector));
  }

  private static Optional<Object> expectedVersion(JsonNode vector) {
    if (!vector.get("valid").asBoolean()) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            vector.get("normal").asString(),
            vector.get("pre").asBoolean(),
            texts(vector.get("release")),
            vector.get("epoch").asString(),
            text(vector.get("local")),
            vector.get("public").asString()));
  }

  @Test
  void versions_have_the_order_of_the_reference() {
    check(
        "version_order.json",
        vector -> {
          Version left = Version.parse(vector.get(0).asString()).orElseThrow();
          Version right = Version.parse(vector.get(1).asString()).orElseThrow();
          int order = vector.get(2).asInt();
          return Integer.signum(left.compareTo(right)) == order
              && Integer.signum(right.compareTo(left)) == -order
              && left.equals(right) == (order == 0)
              && (order != 0 || left.hashCode() == right.hashCode());
        });
  }

  @Test
  void specifiers_admit_what_the_reference_admits() {
    check(
        "specifier_contains.json",
        vector -> {
          SpecifierSet specifiers =
              SpecifierSet.parse(vector.get("spec").asString()).toOptional().orElseThrow();
          String spelling = vector.get("version").asString();
          Version version = Version.parse(spelling).orElseThrow();
          boolean admitted = vector.get("in").asBoolean();
          boolean allowed = vector.get("with_prereleases").asBoolean();
          return specifiers.contains(version, Prereleases.WHEN_NOTHING_ELSE) == admitted
              && specifiers.contains(spelling, Prereleases.WHEN_NOTHING_ELSE) == admitted
              && specifiers.contains(version, Prereleases.ALLOWED) == allowed
              && specifiers.contains(spelling, Prereleases.ALLOWED) == allowed
              && specifiers.contains(version, Prereleases.REFUSED)
                  == (allowed && !version.isPrerelease())
              && specifiers.filter(List.of(version), Prereleases.WHEN_NOTHING_ELSE).isEmpty()
                  != admitted;
        });
  }

  @Test
  void what_is_no_specifier_is_refused_as_one() {
    check(
        "specifiers_invalid.json",
        vector -> SpecifierSet.parse(vector.asString()).toOptional().isEmpty());
  }

  @Test
  void markers_mean_what_the_reference_says() {
    MarkerEnvironment environment = environment();
    check("markers.json", vector -> marker(vector, environment));
  }

  private static boolean marker(JsonNode vector, MarkerEnvironment environment) {
    Optional<Marker> marker = Marker.parse(vector.get("in").asString()).toOptional();
    if (marker.isEmpty() || !vector.get("valid").asBoolean()) {
      return marker.isPresent() == vector.get("valid").asBoolean();
    }
    Marker.Outcome expected =
        vector.get("true").asBoolean() ? new Marker.Met() : new Marker.Unmet();
    return marker.get().evaluate(environment).equals(expected)
        && Marker.parse(marker.get().toString()).toOptional().equals(marker);
  }

  private static MarkerEnvironment environment() {
    return MarkerEnvironment.of(
        read("marker_environment.json").properties().stream()
            .collect(
                toMap(
                    entry -> MarkerVariable.of(entry.getKey()).orElseThrow(),
                    entry -> entry.getValue().asString())));
  }

  @Test
  void requirements_are_read_as_the_reference_does() {
    check("requirements.json", PackagingVectorsTest::requirement);
  }

  private static boolean requirement(JsonNode vector) {
    Optional<Requirement> read = Requirement.parse(vector.get("in").asString()).toOptional();
    if (read.isEmpty() || !vector.get("valid").asBoolean()) {
      return read.isPresent() == vector.get("valid").asBoolean();
    }
    Requirement requirement = read.get();
    return requirement.name().equals(vector.get("name").asString())
        && requirement.extras().equals(texts(vector.get("extras")))
        && requirement.specifiers().toString().equals(vector.get("spec").asString())
        && Optional.ofNullable(requirement.url()).equals(text(vector.get("url")))
        && requirement.condition().map(Marker::toString).equals(text(vector.get("marker")))
        && Requirement.parse(requirement.toString()).toOptional().equals(read);
  }

  @Test
  void file_names_are_read_as_the_reference_does() {
    check("filenames.json", PackagingVectorsTest::filename);
  }

  private static boolean filename(JsonNode vector) {
    Parse<DistributionFilename> read = DistributionFilename.parse(vector.get("in").asString());
    if (!vector.get("valid").asBoolean()) {
      return read instanceof Parse.Invalid;
    }
    return switch (read) {
      case Parse.Invalid<DistributionFilename> _ -> false;
      case Parse.Parsed<DistributionFilename>(SdistFilename sdist) -> named(sdist, vector);
      case Parse.Parsed<DistributionFilename>(WheelFilename wheel) -> {
        WheelFilename.BuildTag build = wheel.build();
        yield named(wheel, vector)
            && wheel.tags().stream()
                .map(WheelFilename.Tag::toString)
                .toList()
                .equals(texts(vector.get("tags")))
            && (build == null ? List.of() : List.of(build.number(), build.suffix()))
                .equals(texts(vector.get("build")));
      }
    };
  }

  private static boolean named(DistributionFilename file, JsonNode vector) {
    return file.name().equals(vector.get("name").asString())
        && file.version().toString().equals(vector.get("version").asString());
  }

  @Test
  void names_are_normalized_as_the_reference_does() {
    check(
        "names.json",
        vector -> {
          String in = vector.get("in").asString();
          String canonical = vector.get("canonical").asString();
          return ProjectName.normalize(in).equals(canonical)
              && ProjectName.of(in)
                  .map(ProjectName::normalized)
                  .orElse(canonical)
                  .equals(canonical);
        });
  }

  /// Fails with every vector for which `right` does not answer true, and says how many there were.
  private static void check(String file, Function<JsonNode, Object> right) {
    List<String> wrong = new ArrayList<>();
    JsonNode vectors = read(file);
    for (JsonNode vector : vectors) {
      if (!Boolean.TRUE.equals(right.apply(vector))) {
        wrong.add(vector.toString());
      }
    }
    System.out.println("packaging/" + file + ": " + vectors.size() + " vectors checked");
    assertThat(vectors.size()).isPositive();
    assertThat(wrong).as("wrong answers to vectors of packaging/%s", file).isEmpty();
  }

  private static JsonNode read(String file) {
    Path house = Path.of(System.getProperty("house", "."));
    return Stream.of("../shared", "../../shared")
        .map(shared -> house.resolve(shared).resolve("vectors/packaging").resolve(file))
        .filter(Files::exists)
        .findFirst()
        .map(path -> new ObjectMapper().readTree(path.toFile()))
        .orElseGet(() -> abort("../shared/vectors/packaging/" + file + " is absent: not checked"));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static Optional<String> text(JsonNode value) {
    return value.isNull() ? Optional.empty() : Optional.of(value.asString());
  }
}
