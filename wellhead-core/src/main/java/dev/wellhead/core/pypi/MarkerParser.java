package dev.wellhead.core.pypi;

import dev.wellhead.core.pypi.MarkerExpression.Comparison;
import dev.wellhead.core.pypi.MarkerExpression.In;
import dev.wellhead.core.pypi.MarkerExpression.Literal;
import dev.wellhead.core.pypi.MarkerExpression.NotIn;
import dev.wellhead.core.pypi.MarkerExpression.Operand;
import dev.wellhead.core.pypi.MarkerExpression.Ordering;
import dev.wellhead.core.pypi.MarkerExpression.Relation;
import dev.wellhead.core.pypi.MarkerExpression.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a marker by recursive descent (PEP 508), one method per rule of the grammar.
///
/// The only recursion is through brackets, and those go [#MAX_DEPTH] deep and no deeper. A method
/// that returns null has left its sentence in `why`, once, at the place of the first error.
final class MarkerParser {
  static final int MAX_DEPTH = 64;

  private final Cursor cursor;
  private int depth;
  private String why = "";

  MarkerParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /// Reads up to the end of the text; white space behind the marker belongs to it.
  Parse<Marker> marker() {
    MarkerExpression expression = disjunction();
    if (expression != null && !cursor.atEnd()) {
      expression = fail("and, or, or the end of the marker");
    }
    return expression == null
        ? new Parse.Invalid<>(why)
        : new Parse.Parsed<>(new Marker(expression));
  }

  private @Nullable MarkerExpression disjunction() {
    List<MarkerExpression> terms = new ArrayList<>(2);
    do {
      MarkerExpression term = conjunction();
      if (term == null) {
        return null;
      }
      terms.add(term);
    } while (cursor.acceptWord("or"));
    return MarkerExpression.or(terms);
  }

  private @Nullable MarkerExpression conjunction() {
    List<MarkerExpression> terms = new ArrayList<>(2);
    do {
      cursor.skipBlanks();
      MarkerExpression term = cursor.accept('(') ? bracketed() : comparison();
      if (term == null) {
        return null;
      }
      terms.add(term);
      cursor.skipBlanks();
    } while (cursor.acceptWord("and"));
    return MarkerExpression.and(terms);
  }

  private @Nullable MarkerExpression bracketed() {
    if (depth == MAX_DEPTH) {
      return fail("at most " + MAX_DEPTH + " brackets within one another");
    }
    depth++;
    MarkerExpression inner = disjunction();
    depth--;
    return inner == null || cursor.accept(')') ? inner : fail("a closing bracket");
  }

  private @Nullable MarkerExpression comparison() {
    Operand left = operand();
    if (left == null) {
      return null;
    }
    cursor.skipBlanks();
    Relation relation = relation();
    if (relation == null) {
      return fail("one of ===, ==, !=, ~=, <=, >=, <, >, in, not in");
    }
    cursor.skipBlanks();
    Operand right = operand();
    if (right == null) {
      return null;
    }
    return new Comparison(normalized(left, right), relation, normalized(right, left));
  }

  private @Nullable Operand operand() {
    char quote = cursor.peek();
    if (quote == '\'' || quote == '"') {
      return literal(quote);
    }
    int start = cursor.position();
    String name = cursor.variable();
    Optional<MarkerVariable> variable = MarkerVariable.of(name);
    if (variable.isEmpty()) {
      cursor.back(start);
      fail("a marker variable or a quoted text");
      return null;
    }
    return new Variable(variable.get());
  }

  private @Nullable Operand literal(char quote) {
    int start = cursor.position();
    cursor.accept(quote);
    String text = cursor.until(String.valueOf(quote));
    if (!cursor.accept(quote)) {
      cursor.back(start);
      fail("a closing quote");
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || (c != '\t' && Character.isISOControl(c))) {
        cursor.back(start);
        fail("a text without backslashes and control characters");
        return null;
      }
    }
    return new Literal(text);
  }

  private @Nullable Relation relation() {
    if (cursor.acceptWord("in")) {
      return new In();
    }
    if (cursor.acceptWord("not")) {
      return cursor.skipBlanks() && cursor.acceptWord("in") ? new NotIn() : null;
    }
    for (Specifier.Operator operator : Specifier.Operator.values()) {
      if (operator.isAt(cursor)) {
        return new Ordering(operator);
      }
    }
    return null;
  }

  /// What is compared with an extra or a group is a name, and is one in its normalized form (PEP
  /// 685).
  private static Operand normalized(Operand operand, Operand other) {
    return operand instanceof Literal(String text)
            && other instanceof Variable(MarkerVariable variable)
            && variable.isNamed()
        ? new Literal(ProjectName.normalize(text))
        : operand;
  }

  private @Nullable MarkerExpression fail(String expected) {
    why = "The marker needs " + expected + " " + cursor.place() + ".";
    return null;
  }
}
