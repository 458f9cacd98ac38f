package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.notify.Alarm;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alarms at a terminal.
final class AlarmVerbsTest {
  private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path data = Path.of("");

  @Test
  void alarms_are_listed_and_acknowledged_once() throws Exception {
    assertThat(verb("list")).isEqualTo(new Said(0, "No alarm is open.\n", ""));
    raise();

    String listed =
        """
        1  critical  Policy refusedKNOWN
           Line 3: no such rule.
           2026-11-01T12:00:00Z, 2 times, last 2026-11-01T12:00:00Z; for: administrator
        """;
    assertThat(verb("list")).isEqualTo(new Said(0, listed.replace("KNOWN", ""), ""));
    assertThat(verb("ack", "1", "--by", "Ada").out())
        .matches("Alarm 1 is acknowledged by Ada since .*: Policy refused\n");
    assertThat(verb("ack", "1").out()).startsWith("Alarm 1 is acknowledged by Ada since ");
    assertThat(verb("list"))
        .isEqualTo(
            new Said(
                0, "No alarm is open.\n" + listed.replace("KNOWN", "  (acknowledged by Ada)"), ""));
    assertThat(verb("ack", "7"))
        .isEqualTo(new Said(1, "", "There is no alarm 7: `wellhead alarm list` shows them.\n"));
  }

  private Said verb(String verb, String... more) {
    String[] line = new String[4 + more.length];
    line[0] = "alarm";
    line[1] = verb;
    line[2] = "--data";
    line[3] = data.toString();
    System.arraycopy(more, 0, line, 4, more.length);
    return TestHouse.verb(line);
  }

  private void raise() throws Exception {
    Settings settings = SettingsLoader.load(Map.of("data", data.toString()), Map.of(), data);
    try (DataFolder folder = DataFolder.own(settings.data());
        Database database = Database.open(new Wiring(settings, folder).database(), Wiring.HOUSE)) {
      Alarm alarm =
          new Alarm(
              "policy-refused",
              Severity.CRITICAL,
              "Policy refused",
              "Line 3: no such rule.",
              Alarm.ADMINISTRATOR);
      database.<@Nullable Void>write(tx -> {
        Alarms.raise(tx, alarm, T0);
        Alarms.raise(tx, alarm, T0);
        return null;
      });
    }
  }
}
