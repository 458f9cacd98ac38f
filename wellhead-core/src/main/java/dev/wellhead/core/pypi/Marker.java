package dev.wellhead.core.pypi;

import dev.wellhead.core.pypi.MarkerExpression.And;
import dev.wellhead.core.pypi.MarkerExpression.Comparison;
import dev.wellhead.core.pypi.MarkerExpression.In;
import dev.wellhead.core.pypi.MarkerExpression.Literal;
import dev.wellhead.core.pypi.MarkerExpression.NotIn;
import dev.wellhead.core.pypi.MarkerExpression.Operand;
import dev.wellhead.core.pypi.MarkerExpression.Or;
import dev.wellhead.core.pypi.MarkerExpression.Ordering;
import dev.wellhead.core.pypi.MarkerExpression.Variable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The condition behind the semicolon of a requirement (PEP 508, environment markers).
///
/// Reading is linear in the length of the text and bounded in depth. Two markers are equal when
/// they say the same in the same order; brackets that change nothing, quotes and old variable names
/// do not count.
public final class Marker {
  private final MarkerExpression expression;

  /// What a marker says about an environment.
  public sealed interface Outcome {}

  /// The condition holds.
  public record Met() implements Outcome {}

  /// The condition does not hold.
  public record Unmet() implements Outcome {}

  /// The condition has no answer: it asks for what the environment does not tell, or compares what
  /// does not compare. Whoever must decide denies.
  public record Undefined(String why) implements Outcome {}

  Marker(MarkerExpression expression) {
    this.expression = expression;
  }

  /// Reads a marker, old variable names (`os.name`) included. Backslashes in quoted texts are
  /// refused: PEP 508 has no escapes, and those of Python would make two readings of one text.
  public static Parse<Marker> parse(String text) {
    return new MarkerParser(new Cursor(text)).marker();
  }

  /// Whether the condition holds in `environment`. Every comparison is looked at, also where the
  /// answer is settled before: an undefined one makes the whole undefined wherever it stands.
  public Outcome evaluate(MarkerEnvironment environment) {
    return evaluate(expression, environment);
  }

  private static Outcome evaluate(MarkerExpression expression, MarkerEnvironment environment) {
    return switch (expression) {
      case Or(List<MarkerExpression> terms) -> evaluate(terms, environment, true);
      case And(List<MarkerExpression> terms) -> evaluate(terms, environment, false);
      case Comparison comparison -> compare(comparison, environment);
    };
  }

  /// Met for a disjunction (`settling` is true) when one term is, unmet for a conjunction when one
  /// term is not.
  private static Outcome evaluate(
      List<MarkerExpression> terms, MarkerEnvironment environment, boolean settling) {
    boolean answer = !settling;
    for (MarkerExpression term : terms) {
      switch (evaluate(term, environment)) {
        case Met _ -> answer = settling || answer;
        case Unmet _ -> answer = settling && answer;
        case Undefined undefined -> {
          return undefined;
        }
      }
    }
    return outcome(answer);
  }

  private static Outcome compare(Comparison comparison, MarkerEnvironment environment) {
    MarkerVariable variable = subject(comparison);
    if (variable == null) {
      return undefined(comparison, "compares two texts and asks nothing");
    }
    if (variable.kind() == MarkerVariable.Kind.NAMES) {
      return membership(comparison, variable, environment);
    }
    String left = text(comparison.left(), environment);
    String right = text(comparison.right(), environment);
    if (left == null || right == null) {
      return undefined(comparison, "asks for what is not known about the environment");
    }
    return switch (comparison.relation()) {
      case In _ -> outcome(right.contains(left));
      case NotIn _ -> outcome(!right.contains(left));
      case Ordering(Specifier.Operator operator) -> {
        if (variable.kind() == MarkerVariable.Kind.VERSION) {
          Optional<Specifier> specifier = Specifier.of(operator, Cursor.strip(right)).toOptional();
          if (specifier.isPresent()) {
            yield outcome(specifier.get().matchesSpelling(left));
          }
        }
        yield compareTexts(comparison, operator, left.equals(right));
      }
    };
  }

  /// Texts that are no versions have no order: `<=` means equal, and `<` is never met.
  private static Outcome compareTexts(
      Comparison comparison, Specifier.Operator operator, boolean equal) {
    return switch (operator) {
      case EQUAL, AT_MOST, AT_LEAST -> outcome(equal);
      case NOT_EQUAL -> outcome(!equal);
      case BELOW, ABOVE -> new Unmet();
      case ARBITRARY, COMPATIBLE ->
          undefined(comparison, "asks of texts what only versions can answer");
    };
  }

  private static Outcome membership(
      Comparison comparison, MarkerVariable variable, MarkerEnvironment environment) {
    Optional<Set<String>> names = environment.names(variable);
    if (names.isEmpty()) {
      return undefined(comparison, "asks for a set that is not known here");
    }
    if (!(comparison.left() instanceof Literal(String name))
        || comparison.relation() instanceof Ordering) {
      return undefined(comparison, "asks of a set something else than whether a name is in it");
    }
    return outcome(names.get().contains(name) == comparison.relation() instanceof In);
  }

  /// The variable that says how to compare: the left one, where both sides are variables. A set on
  /// either side comes first.
  private static @Nullable MarkerVariable subject(Comparison comparison) {
    MarkerVariable left = variable(comparison.left());
    MarkerVariable right = variable(comparison.right());
    if (left == null || (right != null && right.kind() == MarkerVariable.Kind.NAMES)) {
      return right;
    }
    return left;
  }

  private static @Nullable MarkerVariable variable(Operand operand) {
    return operand instanceof Variable(MarkerVariable variable) ? variable : null;
  }

  private static @Nullable String text(Operand operand, MarkerEnvironment environment) {
    return switch (operand) {
      case Literal(String text) -> text;
      case Variable(MarkerVariable variable) -> environment.value(variable).orElse(null);
    };
  }

  private static Outcome outcome(boolean met) {
    return met ? new Met() : new Unmet();
  }

  private static Outcome undefined(Comparison comparison, String why) {
    return new Undefined("The marker " + Cursor.quote(comparison.toString()) + " " + why + ".");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Marker that && expression.equals(that.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  /// The marker with double quotes, today's variable names and no needless brackets.
  @Override
  public String toString() {
    return expression.toString();
  }
}
