package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_second_owner_is_told_who_has_the_folder() throws Exception {
    try (DataFolder _ = DataFolder.own(folder)) {
      assertThatThrownBy(() -> DataFolder.own(folder))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The data folder %s is in use by another Wellhead (process %d): stop that one, or give this one a folder of its own with --data.",
              folder, ProcessHandle.current().pid());
    }
    DataFolder.own(folder).close();
  }

  @Test
  void nobody_else_can_look_into_a_folder_that_was_made() throws Exception {
    Path data = folder.resolve("new");
    try (DataFolder owned = DataFolder.own(data)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(owned.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void the_folder_is_made_and_what_an_earlier_run_left_in_tmp_is_swept() throws Exception {
    Path data = folder.resolve("a/b");
    Files.createDirectories(data.resolve("tmp"));
    Files.writeString(data.resolve("tmp/left"), "x");

    try (DataFolder owned = DataFolder.own(data)) {
      assertThat(owned.path()).isEqualTo(data);
      assertThat(owned.temporary()).isEmptyDirectory();
    }
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_one_sentence() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "x");

    assertThatThrownBy(() -> DataFolder.own(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The data folder %s cannot be used: %s is a file, not a folder. Give Wellhead a folder that it may write with --data.",
            file, file);
  }

  @Test
  void a_place_where_no_folder_can_be_made_is_one_sentence() {
    assertThatThrownBy(() -> DataFolder.own(Path.of("/proc/wellhead")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The data folder /proc/wellhead cannot be used: ");
  }
}
