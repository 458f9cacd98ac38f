package dev.wellhead.core.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.wellhead.core.osv.Rating;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How conditions see the facts: under their names with `_` for `-`, as the types of CEL.
final class CelFacts {
  /// What a condition may name.
  static final Map<String, CelType> TYPES = types();

  private CelFacts() {}

  static String spelled(FactKey<?> key) {
    return key.name().replace('-', '_');
  }

  private static Map<String, CelType> types() {
    Map<String, CelType> types = new LinkedHashMap<>();
    for (String text : List.of("project", "version", "filename", "view", "source")) {
      types.put(text, SimpleType.STRING);
    }
    types.put("now", SimpleType.TIMESTAMP);
    for (FactKey<?> key : FactKeys.all()) {
      types.put(spelled(key), type(key));
    }
    return Map.copyOf(types);
  }

  private static CelType type(FactKey<?> key) {
    return switch (key.name()) {
      case "upload-time" -> SimpleType.TIMESTAMP;
      case "popularity", "size" -> SimpleType.INT;
      case "advisories" -> ListType.create(MapType.create(SimpleType.STRING, SimpleType.DYN));
      case "fixes", "blocks", "python-tags" -> ListType.create(SimpleType.STRING);
      case "upstream-state", "provenance", "lookalike", "licence" -> SimpleType.STRING;
      default -> SimpleType.BOOL;
    };
  }

  /// The value under that name, empty where the fact is not known.
  static Optional<Object> value(String name, Facts facts, Instant now) {
    Subject subject = facts.subject();
    return switch (name) {
      case "project" -> Optional.of(subject.project().normalized());
      case "version" -> Optional.ofNullable(subject.version()).map(Object::toString);
      case "filename" -> Optional.of(subject.filename());
      case "view" -> Optional.of(subject.view());
      case "source" -> Optional.of(subject.source());
      case "now" -> Optional.of(now);
      default ->
          FactKeys.named(name.replace('_', '-'))
              .flatMap(key ->
                  facts.of(key) instanceof Fact.Known<?>(Object value)
                      ? Optional.of(converted(value))
                      : Optional.empty());
    };
  }

  private static Object converted(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Learning learning -> learning instanceof Learning.Until;
      case HashHistory history -> history instanceof HashHistory.Changed;
      case Reservation reservation -> reservation instanceof Reservation.Reserved;
      case Likeness.Resembles(var popular, String _) -> popular.normalized();
      case Likeness.Unlike _ -> "";
      case UpstreamState state ->
          switch (state) {
            case UpstreamState.Listed _ -> "listed";
            case UpstreamState.FileRemoved _ -> "file-removed";
            case UpstreamState.ProjectRemoved _ -> "project-removed";
            case UpstreamState.ProjectQuarantined _ -> "quarantined";
          };
      case Provenance provenance ->
          switch (provenance) {
            case Provenance.NeverGiven _ -> "never-given";
            case Provenance.Kept _ -> "kept";
            case Provenance.Lost _ -> "lost";
            case Provenance.PublisherChanged _ -> "publisher-changed";
          };
      case List<?> list -> list.stream().map(CelFacts::element).toList();
      case java.util.Set<?> set -> set.stream().map(Object::toString).sorted().toList();
      default -> value;
    };
  }

  private static Object element(Object element) {
    return switch (element) {
      case Match match -> {
        Rating rating = match.advisory().rating();
        yield Map.of(
            "id", match.advisory().id(),
            "malware", match.advisory().kind() == dev.wellhead.core.osv.Advisory.Kind.MALWARE,
            "rating", Spelling.lower(rating.severity()),
            "score", rating.score() == null ? -1.0 : rating.score(),
            "exploited", match.knownExploited(),
            "sources", List.copyOf(match.sources()),
            "fixed", match.fixedIn() == null ? "" : match.fixedIn().toString());
      }
      case HandBlock block -> block.pattern();
      default -> element.toString();
    };
  }
}
