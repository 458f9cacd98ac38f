package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.wellhead.server.web.SettingInForce;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsInForceTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void values_are_written_as_in_the_file_and_no_secret_is_among_them() throws Exception {
    Path file = folder.resolve("w.toml");
    Files.writeString(
        file,
        """
        [upstream]
        index = "https://index.example/simple/"
        fresh_for = "90s"
        [upstream.credentials]
        username = "me"
        password = "hunter2"
        """);
    Settings settings = SettingsLoader.load(Map.of("config", file.toString()), Map.of(), folder);

    List<SettingInForce> inForce = SettingsInForce.of(settings);

    assertThat(inForce).noneMatch(setting -> setting.toString().contains("hunter2"));
    assertThat(inForce.stream().filter(setting -> setting.section().startsWith("upstream.cred")))
        .extracting(SettingInForce::key, SettingInForce::value)
        .containsExactly(tuple("username", "me"), tuple("password", "****"), tuple("token", ""));
    assertThat(inForce)
        .filteredOn(setting -> setting.section().equals("upstream"))
        .filteredOn(setting -> setting.key().equals("fresh_for"))
        .allMatch(setting -> setting.value().equals("90s") && setting.isChosen());
    assertThat(inForce)
        .filteredOn(setting -> setting.key().equals("page_size"))
        .noneMatch(SettingInForce::isChosen);
  }
}
