package dev.wellhead.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.ManualClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How alarms reach people, with a real receiver and a real mail server on loopback.
final class DeliveryTest {
  private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String CHAT = "webhook chat";

  private final ManualClock clock = new ManualClock(T0);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Database database;
  private Receiver receiver;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database =
        Database.open(
            new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"));
    receiver = Receiver.start();
  }

  @AfterEach
  void close() {
    receiver.close();
    database.close();
  }

  @Test
  void the_signature_is_that_of_the_specification() {
    assertThat(
            WebhookSignature.of(
                SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(WebhookSignature.problem(SECRET)).isEmpty();
    assertThat(WebhookSignature.problem("whsec_c2hvcnQ=")).isPresent();
    assertThat(WebhookSignature.problem("whsec_not base64")).isPresent();
    assertThat(WebhookSignature.problem(SECRET.substring(6))).isPresent();
  }

  @Test
  void a_webhook_tells_of_what_is_raised_and_gone_signed_for_this_moment() throws Exception {
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      raise("feed-quiet:osv", Severity.WARNING, "Feed \"osv\" is quiet");
      raise("note", Severity.INFO, "too little to tell");
      clock.advance(Duration.ofSeconds(30));
      database.write(tx -> Alarms.resolve(tx, "feed-quiet:osv", clock.instant()));
      delivery.bring(CHAT);
      delivery.bring(CHAT);

      List<Receiver.Got> got = receiver.got();
      assertThat(got).hasSize(2);
      assertThat(got.getFirst().body())
          .isEqualTo(
              "{\"type\":\"alarm.raised\",\"timestamp\":\"2026-11-01T12:00:00Z\",\"data\":{"
                  + "\"alarm\":1,\"key\":\"feed-quiet:osv\",\"severity\":\"warning\","
                  + "\"subject\":\"Feed \\\"osv\\\" is quiet\","
                  + "\"sentence\":\"See to http://evil.example/.\",\"owner\":\"administrator\"}}");
      assertThat(got.getLast().body()).startsWith("{\"type\":\"alarm.resolved\"");
      for (Receiver.Got each : got) {
        assertThat(each.seconds()).isEqualTo(String.valueOf(T0.plusSeconds(30).getEpochSecond()));
        assertThat(each.signature())
            .isEqualTo(
                WebhookSignature.of(
                    SECRET, each.id(), Long.parseLong(each.seconds()), each.body()));
      }
      assertThat(got).extracting(Receiver.Got::id).doesNotHaveDuplicates();
      assertThat(delivery.states())
          .containsExactly(
              new DestinationState(
                  CHAT,
                  "http://127.0.0.1:" + receiver.url().getPort(),
                  Severity.WARNING,
                  0,
                  0,
                  clock.instant(),
                  null,
                  ""));
    }
  }

  @Test
  void what_is_not_taken_is_sent_again_later_each_time_under_the_same_id() throws Exception {
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      receiver.answer(307);
      raise("a", Severity.CRITICAL, "A");
      delivery.bring(CHAT);
      delivery.bring(CHAT);
      assertThat(receiver.got()).as("not at once, and not where it was sent on to").hasSize(1);
      assertThat(delivery.states())
          .extracting(DestinationState::failing, DestinationState::failure)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(T0, "it answered with status 307"));
      assertThat(metrics.scrape())
          .contains("wellhead_notify_failing{destination=\"webhook chat\"} 1.0")
          .contains("destination=\"webhook chat\",outcome=\"failed\"} 1.0");

      receiver.answer(500);
      clock.advance(Duration.ofSeconds(8));
      delivery.bring(CHAT);
      receiver.answer(200);
      clock.advance(Duration.ofSeconds(16));
      delivery.bring(CHAT);
      assertThat(receiver.got()).hasSize(3);
      assertThat(receiver.got())
          .extracting(Receiver.Got::id)
          .containsOnly("alarm-1-" + T0.toEpochMilli());
      assertThat(receiver.got()).extracting(Receiver.Got::signature).doesNotHaveDuplicates();
      assertThat(delivery.states().getFirst().failing()).isNull();
      assertThat(metrics.scrape())
          .contains("wellhead_notify_failing{destination=\"webhook chat\"} 0.0");
    }
    assertThat(new Alarms(database, clock).count(Raised.Standing.OPEN))
        .as("no alarm tells of a destination")
        .isEqualTo(1);
  }

  @Test
  void pauses_double_up_to_an_hour_and_differ_by_chance() {
    assertThat(Post.delay(1, 0)).isEqualTo(Duration.ofMillis(2_500));
    assertThat(Post.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Post.delay(3, 0.5)).isEqualTo(Duration.ofSeconds(20));
    assertThat(Post.delay(12, 0.5)).isEqualTo(Duration.ofHours(1));
    assertThat(Post.delay(1_000_000, 0.999)).isLessThan(Duration.ofMinutes(90));
  }

  @Test
  void after_a_day_it_is_given_up_and_the_page_says_so() throws Exception {
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      receiver.answer(503);
      raise("a", Severity.CRITICAL, "A");
      for (int hours = 0; hours < 30; hours++) {
        delivery.bring(CHAT);
        clock.advance(Duration.ofHours(2));
      }

      assertThat(receiver.got()).hasSize(14);
      DestinationState state = delivery.states().getFirst();
      assertThat(List.of(state.waiting(), state.lost())).containsExactly(0L, 1L);
      assertThat(state.failing()).isEqualTo(T0);
    }
  }

  @Test
  void what_waits_is_brought_by_the_next_process_and_what_was_under_way_too() throws Exception {
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      raise("a", Severity.CRITICAL, "A");
      database.write(tx -> {
        PostRows.takeUp(tx, CHAT, Severity.INFO, T0);
        return PostRows.claim(tx, CHAT, T0, Post.LEASE, 1); // and the process is killed
      });
      raise("b", Severity.CRITICAL, "B");
      assertThat(delivery.states()).hasSize(1);
    }
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      delivery.bring(CHAT);
      assertThat(receiver.got()).hasSize(1);
      clock.advance(Post.LEASE);
      delivery.bring(CHAT);
      assertThat(receiver.got()).hasSize(2);
      assertThat(receiver.got().getLast().body()).contains("\"key\":\"a\"");
    }
  }

  @Test
  void a_new_destination_gets_what_is_raised_from_then_on() throws Exception {
    raise("a", Severity.CRITICAL, "A");
    try (Delivery delivery = still(webhook("chat", receiver.url()))) {
      raise("b", Severity.CRITICAL, "B");
      delivery.bring(CHAT);
    }
    assertThat(receiver.got())
        .singleElement()
        .extracting(Receiver.Got::body)
        .asString()
        .contains("\"key\":\"b\"");
  }

  @Test
  void one_that_hangs_delays_no_other() throws Exception {
    try (Receiver hanging = Receiver.start()) {
      hanging.hang();
      NotifySettings settings =
          new NotifySettings(
              List.of(hook("chat", hanging.url()), hook("pager", receiver.url())), null);
      try (Delivery delivery = Delivery.open(ground(), settings)) {
        delivery.start();
        raise("a", Severity.CRITICAL, "A");
        Await.until("the one that hangs is asked", () -> !hanging.got().isEmpty());
        raise("b", Severity.CRITICAL, "B");
        Await.until("the other one has both", () -> receiver.got().size() == 2);
        assertThat(hanging.got()).hasSize(1);
      }
    }
  }

  @Test
  void a_mail_is_plain_text_without_a_link_and_its_subject_is_one_line() throws Exception {
    GreenMail mails = mails();
    try (Delivery delivery = still(mail(mails, NotifySettings.Protection.NONE, "s3cret"))) {
      raise("a", Severity.CRITICAL, "六 held\r\nBcc: all@example.org\n\nhttps://evil.example/");
      delivery.bring("mail");

      MimeMessage[] got = mails.getReceivedMessages();
      assertThat(got).hasSize(2); // one for each of two people
      MimeMessage first = got[0];
      assertThat(first.getSubject())
          .isEqualTo("[Wellhead] critical: 六 held  Bcc: all@example.org  https[:]//evil.example/");
      assertThat(first.getAllRecipients()).hasSize(2);
      assertThat(first.getHeader("Bcc")).isNull();
      assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(first.getMessageID())
          .isEqualTo("<alarm-1-" + T0.toEpochMilli() + "@wellhead.example>");
      assertThat(first.getContentType()).startsWith("text/plain; charset=UTF-8");
      assertThat(String.valueOf(first.getContent()).replace("\r\n", "\n"))
          .isEqualTo(
              """
              critical: 六 held  Bcc: all@example.org  https[:]//evil.example/

              See to http[:]//evil.example/.

              Alarm 1, 2026-11-01T12:00:00Z, for: administrator

              ----

              From Wellhead, which serves https[:]//pypi.example/
              To say that you know of an alarm: `wellhead alarm ack NUMBER`, or the page Alarms of
              that server, whose address you know.\
              """);
    } finally {
      mails.stop();
    }
  }

  @Test
  void many_alarms_at_once_are_one_mail_a_minute() throws Exception {
    GreenMail mails = mails();
    try (Delivery delivery = still(mail(mails, NotifySettings.Protection.NONE, "s3cret"))) {
      raise("a", Severity.WARNING, "A");
      delivery.bring("mail");
      raise("b", Severity.WARNING, "B");
      raise("c", Severity.CRITICAL, "C");
      raise("d", Severity.WARNING, "D");
      delivery.bring("mail");
      assertThat(mails.getReceivedMessages()).hasSize(2);
      clock.advance(Duration.ofMinutes(1));
      delivery.bring("mail");

      assertThat(mails.getReceivedMessages()).hasSize(4);
      assertThat(mails.getReceivedMessages()[3].getSubject())
          .isEqualTo("[Wellhead] critical: C (and 2 more)");
    } finally {
      mails.stop();
    }
  }

  @Test
  void a_mail_server_that_knows_no_tls_or_not_the_password_gets_nothing() throws Exception {
    GreenMail mails = mails();
    try {
      for (NotifySettings settings :
          List.of(
              mail(mails, NotifySettings.Protection.STARTTLS, "s3cret"),
              mail(mails, NotifySettings.Protection.TLS, "s3cret"),
              mail(mails, NotifySettings.Protection.NONE, "wrong"))) {
        try (Delivery delivery = still(settings)) {
          raise("a", Severity.WARNING, "A");
          clock.advance(Duration.ofHours(1));
          delivery.bring("mail");
          assertThat(delivery.states().getFirst().failure())
              .startsWith("the mail server did not take it: ")
              .doesNotContain("s3cret", "wrong");
          database.write(tx -> Alarms.resolve(tx, "a", clock.instant()));
        }
      }
      assertThat(mails.getReceivedMessages()).isEmpty();
    } finally {
      mails.stop();
    }
  }

  private Delivery still(NotifySettings settings) throws DatabaseFault {
    return Delivery.open(ground(), settings);
  }

  private Delivery.Ground ground() {
    return new Delivery.Ground(
        database, clock, new Random(7), metrics, () -> URI.create("https://pypi.example/"));
  }

  private void raise(String key, Severity severity, String subject) throws DatabaseFault {
    database.<@Nullable Void>write(tx -> {
      Alarms.raise(
          tx,
          new Alarm(key, severity, subject, "See to http://evil.example/.", Alarm.ADMINISTRATOR),
          clock.instant());
      return null;
    });
  }

  private static NotifySettings webhook(String name, URI url) {
    return new NotifySettings(List.of(hook(name, url)), null);
  }

  private static NotifySettings.Webhook hook(String name, URI url) {
    return new NotifySettings.Webhook(name, url, SECRET, Severity.WARNING);
  }

  private static NotifySettings mail(
      GreenMail mails, NotifySettings.Protection protection, String password) {
    return new NotifySettings(
        List.of(),
        new NotifySettings.Mail(
            new NotifySettings.MailServer("127.0.0.1", mails.getSmtp().getPort(), protection),
            new NotifySettings.SignIn("wellhead", password),
            "alarms@wellhead.example",
            List.of("ada@example.org", "bob@example.org"),
            Severity.WARNING));
  }

  private static GreenMail mails() {
    GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mails.start();
    mails.setUser("alarms@wellhead.example", "wellhead", "s3cret");
    return mails;
  }
}
