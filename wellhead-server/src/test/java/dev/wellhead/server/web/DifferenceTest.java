package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.archive.ListedFile;
import dev.wellhead.core.pypi.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
  private static final Sha256 A = new Sha256("aa".repeat(32));
  private static final Sha256 B = new Sha256("bb".repeat(32));

  @Test
  void files_are_told_apart_by_path_size_and_stated_hash() {
    Difference difference =
        Difference.between(
            "1.0",
            "x-1.0-py3-none-any.whl",
            List.of(
                new ListedFile("x/same.py", 1, A),
                new ListedFile("x/other.py", 1, A),
                new ListedFile("x/gone.py", 7, A),
                new ListedFile("x-1.0.dist-info/METADATA", 10, A)),
            List.of(
                new ListedFile("x/same.py", 1, A),
                new ListedFile("x/other.py", 1, B),
                new ListedFile("x/new.py", 9, A),
                new ListedFile("x-2.0.dist-info/METADATA", 12, B)));

    assertThat(difference)
        .isEqualTo(
            new Difference(
                "1.0",
                "x-1.0-py3-none-any.whl",
                List.of(
                    new Difference.Row(Difference.Kind.CHANGED, "x-2.0.dist-info/METADATA", 10, 12),
                    new Difference.Row(Difference.Kind.ADDED, "x/new.py", 0, 9),
                    new Difference.Row(Difference.Kind.CHANGED, "x/other.py", 1, 1),
                    new Difference.Row(Difference.Kind.REMOVED, "x/gone.py", 7, 0)),
                1));
  }

  @Test
  void the_folder_of_a_source_distribution_may_carry_another_version() {
    Difference difference =
        Difference.between(
            "1.0",
            "x-1.0.tar.gz",
            List.of(new ListedFile("x-1.0/setup.py", 1, null)),
            List.of(new ListedFile("x-2.0/setup.py", 1, null)));

    assertThat(difference.rows()).isEmpty();
    assertThat(difference.same()).isEqualTo(1);
  }
}
