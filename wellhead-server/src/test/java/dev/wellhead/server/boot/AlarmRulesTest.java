package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.server.notify.NotifySettings;
import dev.wellhead.server.notify.Severity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmRulesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void destinations_are_read_from_their_tables() throws Exception {
    NotifySettings destinations =
        destinations(
            """
            [alarms.mail]
            host = "mail.example.com"
            username = "wellhead"
            password = "s3cret"
            from = "wellhead@example.com"
            to = ["ops@example.com", "ada@example.com"]
            least = "critical"

            [alarms.webhook.chat-ops]
            url = "https://hooks.example.com/T0/s3cret"
            secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            """);

    assertThat(destinations)
        .isEqualTo(
            new NotifySettings(
                List.of(
                    new NotifySettings.Webhook(
                        "chat-ops",
                        URI.create("https://hooks.example.com/T0/s3cret"),
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        Severity.WARNING)),
                new NotifySettings.Mail(
                    new NotifySettings.MailServer(
                        "mail.example.com", 587, NotifySettings.Protection.STARTTLS),
                    new NotifySettings.SignIn("wellhead", "s3cret"),
                    "wellhead@example.com",
                    List.of("ops@example.com", "ada@example.com"),
                    Severity.CRITICAL)));
    assertThat(destinations.toString()).doesNotContain("s3cret", "whsec_");
    assertThat(destinations("")).isEqualTo(NotifySettings.NONE);
  }

  @Test
  void what_cannot_work_is_told_with_its_line_and_without_its_secret() {
    assertThatThrownBy(() ->
            destinations(
                """
                [alarms.mail]
                host = "mail.example.com"
                to = ["Ada <ada@example.com>\\r\\nBcc: x@example.com"]
                password = "s3cret"

                [alarms.webhook.chat]
                url = "ftp://hooks.example.com/s3cret"
                secret = "s3cret"

                [alarms.webhook.Chat]
                url = "http://127.0.0.1/"
                secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                """))
        .isInstanceOf(RefusedException.class)
        .message()
        .doesNotContain("s3cret")
        .contains(
            ":2:1: alarms.mail.from must be an address",
            ":3:1: alarms.mail.to must be one or more addresses",
            ":4:1: alarms.mail.username and alarms.mail.password belong together",
            ":7:1: alarms.webhook.chat.url must be an http or https URL",
            ":8:1: alarms.webhook.chat.secret must be whsec_",
            "alarms.webhook.Chat: a name has lower-case letters");
    assertThatThrownBy(() -> destinations("[alarms.mail]\nto = [\"ops@example.com\"]\n"))
        .hasMessageContaining(":2:1: alarms.mail.host is missing");
  }

  private NotifySettings destinations(String text) throws Exception {
    Path file = folder.resolve("settings.toml");
    Files.writeString(file, text);
    Settings settings = SettingsLoader.load(Map.of("config", file.toString()), Map.of(), folder);
    try (DataFolder data = DataFolder.own(folder.resolve("data"))) {
      return new Wiring(settings, data).destinations();
    }
  }
}
