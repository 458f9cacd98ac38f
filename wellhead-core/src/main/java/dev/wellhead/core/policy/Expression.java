package dev.wellhead.core.policy;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import dev.cel.runtime.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A condition in CEL, compiled once. This class is the only one that knows the library, which
/// takes a second to load: a policy without conditions never touches it.
///
/// The cost of an evaluation is bounded: so is the text, how deep it nests, how often it goes round
/// lists, and what lists the facts hold. Regular expressions take linear time.
final class Expression {
  private static final int MAX_LENGTH = 4000;
  private static final CelOptions LIMITS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(50)
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(1000)
          .build();

  private final String text;
  private final Program program;
  private final Set<String> used;

  private Expression(String text, Program program, Set<String> used) {
    this.text = text;
    this.program = program;
    this.used = Set.copyOf(used);
  }

  /// What came of an evaluation.
  sealed interface Truth {
    record Holds(boolean holds) implements Truth {}

    /// It depends on facts that are not known.
    record Open() implements Truth {}

    record Failed(String why) implements Truth {}
  }

  /// An expression that is none; the message is a clause.
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongException(String clause) {
      super(clause);
    }
  }

  static Expression compile(String text) throws WrongException {
    if (text.length() > MAX_LENGTH) {
      throw new WrongException("it is longer than " + MAX_LENGTH + " characters");
    }
    CelValidationResult result = Compiling.COMPILER.compile(text);
    try {
      if (result.hasError()) {
        throw new WrongException(complaint(result.getErrors().getFirst()));
      }
      CelAbstractSyntaxTree tree = result.getAst();
      Set<String> used = new TreeSet<>();
      tree.getReferenceMap().values().stream()
          .map(reference -> reference.name())
          .filter(CelFacts.TYPES::containsKey)
          .forEach(used::add);
      return new Expression(text, Compiling.RUNTIME.createProgram(tree), used);
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new WrongException(clean(String.valueOf(wrong.getMessage())));
    }
  }

  /// Made when the first condition is read, and never where there is none.
  private static final class Compiling {
    static final CelCompiler COMPILER = compiler();
    static final CelRuntime RUNTIME =
        CelRuntimeFactory.plannerRuntimeBuilder().setOptions(LIMITS).build();

    private static CelCompiler compiler() {
      CelCompilerBuilder builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(LIMITS)
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
              .setResultType(SimpleType.BOOL);
      CelFacts.TYPES.forEach(builder::addVar);
      return builder.build();
    }
  }

  Truth holds(Facts facts, Instant now) {
    Map<String, Object> values = new HashMap<>();
    List<CelAttributePattern> open = new ArrayList<>();
    for (String name : used) {
      CelFacts.value(name, facts, now)
          .ifPresentOrElse(
              value -> values.put(name, value), () -> open.add(CelAttributePattern.create(name)));
    }
    try {
      Object result =
          program.eval(
              PartialVars.of(
                  values, ImmutableList.copyOf(open).toArray(CelAttributePattern[]::new)));
      return switch (result) {
        case Boolean holds -> new Truth.Holds(holds);
        case CelUnknownSet _ when !open.isEmpty() -> new Truth.Open();
        default -> new Truth.Failed("it gives no answer");
      };
    } catch (CelEvaluationException failed) {
      return open.isEmpty()
          ? new Truth.Failed(clean(String.valueOf(failed.getMessage())))
          : new Truth.Open();
    }
  }

  /// The facts that it speaks of.
  List<FactKey<?>> needs() {
    List<FactKey<?>> keys = new ArrayList<>();
    for (FactKey<?> key : FactKeys.all()) {
      if (used.contains(CelFacts.spelled(key))) {
        keys.add(key);
      }
    }
    return keys;
  }

  boolean asksForTime() {
    return used.contains("now");
  }

  String text() {
    return text;
  }

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

  private static String complaint(CelIssue issue) {
    int column = issue.getSourceLocation().getColumn() + 1;
    var undeclared = UNDECLARED.matcher(issue.getMessage());
    String what =
        undeclared.matches()
            ? "there is no fact " + clean(undeclared.group(1))
            : clean(issue.getMessage());
    return String.format(
        Locale.ROOT,
        "at column %d%s: %s",
        column,
        issue.getSourceLocation().getLine() > 1
            ? " of line " + issue.getSourceLocation().getLine()
            : "",
        what);
  }

  private static String clean(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    StringBuilder out = new StringBuilder();
    first.chars().limit(300).forEach(c -> out.append(c >= ' ' && c < 127 ? (char) c : '?'));
    return HandBlocks.withoutStop(out.toString());
  }
}
