package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
  @TempDir Path folder;

  @Test
  void the_list_of_names_is_saved_unpacked() throws Exception {
    Path into = folder.resolve("names.json");
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      index.file("Seven_of.nine-1.0.tar.gz", new byte[1]);
      NamesAnswer answer = room.upstream.names(null, into);
      assertThat(answer).isInstanceOf(NamesAnswer.Fresh.class);
      NamesAnswer.Fresh fresh = (NamesAnswer.Fresh) answer;
      assertThat(fresh.length()).isEqualTo(Files.size(into));
      List<String> names = new ArrayList<>();
      try (InputStream in = Files.newInputStream(into)) {
        SimpleJson.parseNames(in, PageLimits.ofNames(), names::add);
      }
      assertThat(names).containsExactly("seven-of-nine", "six");
      assertThat(room.upstream.names(fresh.validators(), into))
          .isEqualTo(new NamesAnswer.Unchanged(fresh.validators()));
      assertThat(index.requests().getLast().header("If-None-Match"))
          .contains(String.valueOf(fresh.validators().etag()));
    }
  }

  @Test
  void a_list_without_validators_is_unchanged_by_its_hash() throws Exception {
    Path into = folder.resolve("names.json");
    try (FakeIndex index = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      NamesAnswer.Fresh fresh = (NamesAnswer.Fresh) room.upstream.names(null, into);
      assertThat(room.upstream.names(fresh.validators(), into))
          .isEqualTo(new NamesAnswer.Unchanged(fresh.validators()));
    }
  }

  @Test
  void a_list_that_cannot_be_used_is_refused_and_one_that_fails_is_unreachable() throws Exception {
    Path into = folder.resolve("names.json");
    SizeLimits small = new SizeLimits(4096, 4096, 4096, 4096, 4);
    try (FakeIndex index = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six());
        Room room = new Room(Room.settings(index).with(small))) {
      for (Trouble lie :
          List.of(new Trouble.Endless(), new Trouble.Bomb(100_000), Trouble.html())) {
        index.heal();
        index.trouble("/simple/", lie);
        assertThat(room.upstream.names(null, into)).isInstanceOf(NamesAnswer.Refused.class);
      }
      index.heal();
      index.trouble("/simple/", Trouble.status(500));
      assertThat(room.upstream.names(null, into)).isInstanceOf(NamesAnswer.Unreachable.class);
      index.heal();
      index.trouble("/simple/", Trouble.status(404));
      assertThat(room.upstream.names(null, into)).isEqualTo(new NamesAnswer.Absent(404));
    }
  }

  @Test
  void a_disk_that_takes_nothing_is_our_own_fault_and_not_the_upstreams() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      assertThatThrownBy(() -> room.upstream.names(null, folder.resolve("no/such/folder")))
          .isInstanceOf(IOException.class);
      assertThat(room.upstream.health().hosts().getFirst().failed()).isZero();
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
    }
  }
}
