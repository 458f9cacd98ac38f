package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PackedNamesTest {
  @Test
  void names_come_in_their_order_and_once() {
    assertThat(list(List.of("six", "Six", "a.b", "six-2", "a", "a-b", "a0")))
        .containsExactly("a", "a-b", "a0", "six", "six-2");
  }

  @Test
  void names_of_any_order_and_number_come_back_as_a_sorted_set_has_them() {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 24, 25, 500, 20_000}) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        names.add("p".repeat(random.nextInt(40)) + Integer.toString(random.nextInt(9_000), 36));
      }
      PackedNames list = list(names);
      assertThat(list).containsExactlyElementsOf(new TreeSet<>(names));
      assertThat(list.size()).isEqualTo(new TreeSet<>(names).size());
      assertThat(list(list)).containsExactlyElementsOf(list);
    }
  }

  @Test
  void a_name_takes_its_letters_and_five_bytes() {
    assertThat(list(List.of("six", "attrs")).bytes()).isEqualTo(3 + 5 + 2 * 5 + 4 + 1);
  }

  @Test
  void names_of_strangers_do_not_fill_the_memory() {
    PackedNames.Builder builder = new PackedNames.Builder();
    String tail = "x".repeat(246);
    int taken = 0;
    while (builder.add(new ProjectName(taken + tail)) && taken < 300_000) {
      taken++;
    }
    assertThat(taken).isBetween(190_000, 210_000);
    assertThat(builder.build().size()).isEqualTo(taken);
  }

  private static PackedNames list(Iterable<String> names) {
    PackedNames.Builder builder = new PackedNames.Builder();
    names.forEach(name -> ProjectName.of(name).ifPresent(builder::add));
    return builder.build();
  }
}
