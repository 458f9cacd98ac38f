package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The parts of a marker as a tree. Conjunctions never hold conjunctions, nor disjunctions
/// disjunctions, so that one meaning of brackets has one tree and one spelling.
sealed interface MarkerExpression {
  record Or(List<MarkerExpression> terms) implements MarkerExpression {
    @Override
    public String toString() {
      return terms.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }
  }

  record And(List<MarkerExpression> terms) implements MarkerExpression {
    @Override
    public String toString() {
      return terms.stream()
          .map(term -> term instanceof Or ? "(" + term + ")" : term.toString())
          .collect(Collectors.joining(" and "));
    }
  }

  record Comparison(Operand left, Relation relation, Operand right) implements MarkerExpression {
    @Override
    public String toString() {
      return left + " " + relation + " " + right;
    }
  }

  sealed interface Operand {}

  record Variable(MarkerVariable variable) implements Operand {
    @Override
    public String toString() {
      return variable.toString();
    }
  }

  /// A quoted text. It never holds both kinds of quotes: the grammar has no escapes.
  record Literal(String text) implements Operand {
    @Override
    public String toString() {
      char quote = text.indexOf('"') < 0 ? '"' : '\'';
      return quote + text + quote;
    }
  }

  /// How the two sides of a comparison are related.
  sealed interface Relation {}

  record Ordering(Specifier.Operator operator) implements Relation {
    @Override
    public String toString() {
      return operator.toString();
    }
  }

  record In() implements Relation {
    @Override
    public String toString() {
      return "in";
    }
  }

  record NotIn() implements Relation {
    @Override
    public String toString() {
      return "not in";
    }
  }

  static MarkerExpression or(List<MarkerExpression> terms) {
    List<MarkerExpression> flat = new ArrayList<>();
    for (MarkerExpression term : terms) {
      if (term instanceof Or(List<MarkerExpression> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(term);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new Or(List.copyOf(flat));
  }

  static MarkerExpression and(List<MarkerExpression> terms) {
    List<MarkerExpression> flat = new ArrayList<>();
    for (MarkerExpression term : terms) {
      if (term instanceof And(List<MarkerExpression> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(term);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new And(List.copyOf(flat));
  }
}
