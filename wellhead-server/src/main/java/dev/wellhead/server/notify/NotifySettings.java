package dev.wellhead.server.notify;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where alarms are sent.
///
/// @param mail null where none is sent
public record NotifySettings(List<Webhook> webhooks, @Nullable Mail mail) {
  /// Nowhere.
  public static final NotifySettings NONE = new NotifySettings(List.of(), null);

  public NotifySettings {
    webhooks = List.copyOf(webhooks);
  }

  /// A receiver of signed messages.
  ///
  /// @param name as in `[alarms.webhook.NAME]`
  /// @param secret `whsec_` and Base64, as [WebhookSignature#problem] wants it
  /// @param least what is less grave is not sent
  public record Webhook(String name, URI url, String secret, Severity least) {
    /// Without the secret, and without the path: with many receivers that is a secret too.
    @Override
    public String toString() {
      return name + " " + url.getScheme() + "://" + url.getHost();
    }
  }

  /// A mail server, and to whom it brings alarms.
  ///
  /// @param least what is less grave is not sent
  public record Mail(
      MailServer server, @Nullable SignIn signIn, String from, List<String> to, Severity least) {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /// How the mail server is reached.
  public record MailServer(String host, int port, Protection protection) {}

  /// How the mail server is signed in at.
  public record SignIn(String user, String password) {
    /// Without the password.
    @Override
    public String toString() {
      return user;
    }
  }

  /// What protects the way to the mail server.
  public enum Protection {
    /// It begins in the clear and goes on with TLS, or nothing is sent.
    STARTTLS,
    /// TLS from the first byte.
    TLS,
    /// Nothing; for a mail server on the same machine.
    NONE
  }
}
