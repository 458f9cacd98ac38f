package dev.wellhead.server.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends plain text: one mail for all that waits.
///
/// A mail has no link in it. What it says may come from an attacker, and whoever reads it must not
/// get used to following links of mails that say to come from here; so addresses in the texts are
/// written such that no reader of mail makes links of them.
final class MailCarrier implements Carrier {
  private static final int MOST = 50;
  private static final String MILLIS = "20000";

  private final NotifySettings.Mail mail;
  private final Supplier<URI> publicUrl;
  private final Session session;

  /// @param publicUrl where clients reach this server: it says which one writes
  MailCarrier(NotifySettings.Mail mail, Supplier<URI> publicUrl) {
    this.mail = mail;
    this.publicUrl = publicUrl;
    this.session = Session.getInstance(properties(mail));
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public Optional<String> carry(List<AlarmEvent> events, Instant now) {
    try (Transport transport = session.getTransport()) {
      NotifySettings.SignIn signIn = mail.signIn();
      transport.connect(
          mail.server().host(),
          mail.server().port(),
          signIn == null ? null : signIn.user(),
          signIn == null ? null : signIn.password());
      Message message = message(events, now);
      transport.sendMessage(message, message.getAllRecipients());
      return Optional.empty();
    } catch (MessagingException e) {
      return Optional.of("the mail server did not take it: " + words(e));
    }
  }

  private static String words(MessagingException e) {
    Exception inner = e.getNextException();
    return e.getMessage() + (inner == null ? "" : " (" + inner.getMessage() + ")");
  }

  private static Properties properties(NotifySettings.Mail mail) {
    String protocol =
        mail.server().protection() == NotifySettings.Protection.TLS ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(prefix + "connectiontimeout", MILLIS);
    properties.setProperty(prefix + "timeout", MILLIS);
    properties.setProperty(prefix + "writetimeout", MILLIS);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "auth", Boolean.toString(mail.signIn() != null));
    boolean starttls = mail.server().protection() == NotifySettings.Protection.STARTTLS;
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
    return properties;
  }

  private Message message(List<AlarmEvent> events, Instant now) throws MessagingException {
    AlarmEvent first = gravest(events);
    MimeMessage message = new Named(session, first, mail.from());
    message.setFrom(new InternetAddress(mail.from()));
    for (String to : mail.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    String more = events.size() == 1 ? "" : " (and " + (events.size() - 1) + " more)";
    message.setSubject(
        OneLine.of("[Wellhead] " + heading(first) + more, 2 * Alarm.SUBJECT),
        StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(now));
    // RFC 3834: no machine answers a machine.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(text(events), StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  private static AlarmEvent gravest(List<AlarmEvent> events) {
    AlarmEvent gravest = events.getFirst();
    for (AlarmEvent each : events) {
      if (each.severity().compareTo(gravest.severity()) > 0) {
        gravest = each;
      }
    }
    return gravest;
  }

  private static String heading(AlarmEvent event) {
    String word =
        switch (event.kind()) {
          case RAISED -> event.severity().word();
          case WORSE -> "now " + event.severity().word();
          case RESOLVED -> "resolved";
        };
    return word + ": " + unlinked(event.subject());
  }

  private String text(List<AlarmEvent> events) {
    StringBuilder text = new StringBuilder();
    for (AlarmEvent event : events) {
      text.append(heading(event))
          .append("\n\n")
          .append(unlinked(event.sentence()))
          .append("\n\nAlarm ")
          .append(event.alarm())
          .append(", ")
          .append(event.at())
          .append(event.owner().isEmpty() ? "" : ", for: " + unlinked(event.owner()))
          .append("\n\n----\n\n");
    }
    return text.append("From Wellhead, which serves ")
        .append(unlinked(publicUrl.get().toString()))
        .append("\nTo say that you know of an alarm: `wellhead alarm ack NUMBER`, or the page")
        .append(" Alarms of\nthat server, whose address you know.\n")
        .toString();
  }

  /// Addresses such that they can be read, and that nothing makes a link of them.
  static String unlinked(String text) {
    return text.replace("://", "[:]//").replaceAll("(?i)www\\.", "www[.]").replace("mailto:", "");
  }

  /// A message whose id is the same each time that it is sent.
  private static final class Named extends MimeMessage {
    private final AlarmEvent event;
    private final String from;

    Named(@Nullable Session session, AlarmEvent event, String from) {
      super(session);
      this.event = event;
      this.from = from;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
      setHeader("Message-ID", "<" + event.name() + "@" + domain + ">");
    }
  }
}
