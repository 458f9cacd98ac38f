package dev.wellhead.server.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// The seeds of a fuzz target, for a test that tries each: the files in `src/test/fuzz/NAME`, where
/// `NAME` is the simple name of the test class. What fuzzing found once is kept among them.
public final class Seeds implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) throws IOException {
    Path folder =
        Path.of(System.getProperty("house", "."))
            .resolve("wellhead-server/src/test/fuzz")
            .resolve(context.getRequiredTestClass().getSimpleName());
    List<Arguments> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Arguments.argumentSet(file.getFileName().toString(), Files.readAllBytes(file)));
      }
    }
    return seeds.stream();
  }
}
