package dev.wellhead.bench.boot;

import dev.wellhead.bench.Load;
import dev.wellhead.bench.MalformedPlanException;
import dev.wellhead.bench.Outcome;
import dev.wellhead.bench.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The load generator as a program.
///
/// With arguments it carries out one plan (`name=value` words, see [Plan#parse]) and ends. Without,
/// it reads one plan a line from standard input, its words separated by tabs, until that ends: so
/// one warm JVM serves a whole benchmark. Each plan gives one line of JSON.
public final class LoadMain {
  private LoadMain() {}

  /// Runs; exit code 0 means that every plan could be carried out.
  public static void main(String[] words) throws IOException {
    boolean allWell = true;
    if (words.length > 0) {
      allWell = carryOut(List.of(words));
    } else {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        allWell &= carryOut(List.of(line.split("\t", -1)));
      }
    }
    System.exit(allWell ? 0 : 1);
  }

  private static boolean carryOut(List<String> words) {
    try {
      System.out.println(Load.run(Plan.parse(words), System::nanoTime).json());
      return true;
    } catch (MalformedPlanException | IOException e) {
      System.out.println("{\"fault\":" + Outcome.quoted(String.valueOf(e.getMessage())) + "}");
      return false;
    }
  }
}
