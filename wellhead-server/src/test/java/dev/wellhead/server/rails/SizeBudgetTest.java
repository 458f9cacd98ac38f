package dev.wellhead.server.rails;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SizeBudgetTest {
  private static final int METHOD_LINES = 60;
  private static final int FILE_LINES = 500;
  private static final int CONSTRUCTOR_PARAMETERS = 7;
  private static final int RECORD_COMPONENTS = 12;

  @Test
  void no_method_file_constructor_or_record_outgrows_what_a_reader_can_hold() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      assertThat(excesses(compiler, files, files.getJavaFileObjectsFromPaths(Sources.all())))
          .isEmpty();
    }
  }

  @Test
  void every_kind_of_excess_is_found() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String source =
        """
        package x;
        /// Long, and no method.
        final class A {
          A(int a, int b, int c, int d, int e, int f, int g, int h) {}
          void quick(int a, int b, int c, int d, int e, int f, int g, int h) {}
          void slow() {
        LINES  }
          record R(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l,
              int m) {}
          record Fits(int a, int b, int c, int d, int e, int f, int g, int h) { Fits {} }
        }
        """
                .replace("LINES", "    quick();\n".repeat(60))
            + "\n".repeat(440);
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      assertThat(excesses(compiler, files, List.of(new Text(source))))
          .extracting(excess -> excess.substring(0, excess.indexOf(": ")))
          .containsExactly("A.java", "A.java:4 A", "A.java:6 slow", "A.java:68 R");
    }
  }

  private static List<String> excesses(
      JavaCompiler compiler,
      StandardJavaFileManager files,
      Iterable<? extends JavaFileObject> sources)
      throws IOException {
    JavacTask task =
        (JavacTask)
            compiler.getTask(new StringWriter(), files, null, List.of("-proc:none"), null, sources);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<String> excesses = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new Counter(unit, positions, excesses).count();
    }
    return excesses;
  }

  private static final class Counter extends TreeScanner<@Nullable Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final List<String> excesses;
    private final String file;

    private Counter(CompilationUnitTree unit, SourcePositions positions, List<String> excesses) {
      this.unit = unit;
      this.positions = positions;
      this.lines = unit.getLineMap();
      this.excesses = excesses;
      Path path = Path.of(unit.getSourceFile().toUri().getPath());
      this.file =
          path.startsWith(Sources.HOUSE) ? Sources.name(path) : path.getFileName().toString();
    }

    private void count() throws IOException {
      long length = unit.getSourceFile().getCharContent(true).toString().lines().count();
      if (length > FILE_LINES) {
        excesses.add(
            String.format(
                Locale.ROOT,
                "%s: %d lines, at most %d. Split it by meaning: which part could be explained alone?",
                file,
                length,
                FILE_LINES));
      }
      scan(unit, "");
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String outer) {
      if (type.getKind() == Tree.Kind.RECORD) {
        long components = type.getMembers().stream().filter(Counter::isComponent).count();
        if (components > RECORD_COMPONENTS) {
          excesses.add(
              String.format(
                  Locale.ROOT,
                  "%s:%d %s: %d components, at most %d. Group those that belong together in a record of their own.",
                  file,
                  line(type),
                  type.getSimpleName(),
                  components,
                  RECORD_COMPONENTS));
        }
      }
      return super.visitClass(type, type.getSimpleName().toString());
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String type) {
      boolean constructor = method.getReturnType() == null;
      String name = constructor ? type : method.getName().toString();
      long length = lines.getLineNumber(positions.getEndPosition(unit, method)) - line(method) + 1;
      if (length > METHOD_LINES) {
        excesses.add(
            String.format(
                Locale.ROOT,
                "%s:%d %s: %d lines, at most %d. Give its steps names: each a method, or a class where they share state.",
                file,
                line(method),
                name,
                length,
                METHOD_LINES));
      }
      if (constructor
          && !isCanonical(method)
          && method.getParameters().size() > CONSTRUCTOR_PARAMETERS) {
        excesses.add(
            String.format(
                Locale.ROOT,
                "%s:%d %s: %d parameters, at most %d. Those that travel together want to be one record; else the class does too much.",
                file,
                line(method),
                name,
                method.getParameters().size(),
                CONSTRUCTOR_PARAMETERS));
      }
      return super.visitMethod(method, type);
    }

    /// A record's compact constructor repeats its components, which are counted as such.
    private boolean isCanonical(MethodTree method) {
      return method.getParameters().stream()
          .anyMatch(parameter -> positions.getStartPosition(unit, parameter) < start(method));
    }

    private static boolean isComponent(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private long start(Tree tree) {
      return positions.getStartPosition(unit, tree);
    }

    private long line(Tree tree) {
      return lines.getLineNumber(start(tree));
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    private Text(String source) {
      super(URI.create("string:///A.java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}
