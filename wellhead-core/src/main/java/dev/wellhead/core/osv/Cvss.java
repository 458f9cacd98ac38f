package dev.wellhead.core.osv;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The base score of a CVSS v3.0 or v3.1 vector (FIRST, "CVSS v3.1 specification", section 7.1).
///
/// Version 4 has no formula but a table of some hundred scores; there the record's own word counts.
final class Cvss {
  private static final int MAX_LENGTH = 256;

  private static final Map<String, Double> WEIGHTS =
      Map.ofEntries(
          Map.entry("AV:N", 0.85),
          Map.entry("AV:A", 0.62),
          Map.entry("AV:L", 0.55),
          Map.entry("AV:P", 0.2),
          Map.entry("AC:L", 0.77),
          Map.entry("AC:H", 0.44),
          Map.entry("UI:N", 0.85),
          Map.entry("UI:R", 0.62),
          Map.entry("C:H", 0.56),
          Map.entry("C:L", 0.22),
          Map.entry("C:N", 0.0),
          Map.entry("I:H", 0.56),
          Map.entry("I:L", 0.22),
          Map.entry("I:N", 0.0),
          Map.entry("A:H", 0.56),
          Map.entry("A:L", 0.22),
          Map.entry("A:N", 0.0));

  private Cvss() {}

  /// The score from 0.0 to 10.0, or null where `vector` is none of version 3.
  static @Nullable Double baseScore(String vector) {
    if (vector.length() > MAX_LENGTH || !vector.startsWith("CVSS:3.")) {
      return null;
    }
    Map<String, String> metrics = new HashMap<>();
    for (String part : vector.split("/", -1)) {
      int colon = part.indexOf(':');
      if (colon > 0) {
        metrics.put(part.substring(0, colon), part.substring(colon + 1));
      }
    }
    String scope = metrics.getOrDefault("S", "");
    Double privileges = privileges(metrics.getOrDefault("PR", ""), scope);
    double weights = 1;
    double open = 1;
    for (String name : new String[] {"AV", "AC", "UI", "C", "I", "A"}) {
      Double weight = WEIGHTS.get(name + ":" + metrics.get(name));
      if (weight == null || privileges == null) {
        return null;
      }
      if (name.length() == 2) {
        weights *= weight;
      } else {
        open *= 1 - weight;
      }
    }
    return privileges == null ? null : score(8.22 * weights * privileges, 1 - open, scope);
  }

  private static Double score(double exploitability, double impactBase, String scope) {
    boolean changed = scope.equals("C");
    double impact =
        changed
            ? 7.52 * (impactBase - 0.029) - 3.25 * Math.pow(impactBase - 0.02, 15)
            : 6.42 * impactBase;
    if (impact <= 0) {
      return 0.0;
    }
    return roundedUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
  }

  private static @Nullable Double privileges(String level, String scope) {
    boolean changed = scope.equals("C");
    if (!changed && !scope.equals("U")) {
      return null;
    }
    return switch (level) {
      case "N" -> 0.85;
      case "L" -> changed ? 0.68 : 0.62;
      case "H" -> changed ? 0.5 : 0.27;
      default -> null;
    };
  }

  /// Up to one decimal, as appendix A has it, free of what binary fractions add.
  private static double roundedUp(double value) {
    long scaled = Math.round(value * 100_000);
    return scaled % 10_000 == 0 ? scaled / 100_000.0 : (Math.floorDiv(scaled, 10_000) + 1) / 10.0;
  }
}
