package dev.wellhead.server.boot;

import dev.wellhead.server.notify.WebhookSignature;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the settings of destinations must hold between one another.
final class AlarmRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  /// Enough to find a mistyped one; whether mail arrives only the mail server can tell.
  private static final Pattern ADDRESS = Pattern.compile("[\\x21-\\x7e&&[^@<>,;]]+@[A-Za-z0-9.-]+");

  private final Settings.Destinations destinations;
  private final UnaryOperator<String> place;
  private final List<String> problems = new ArrayList<>();

  /// @param place where a key was given, as a sentence begins
  AlarmRules(Settings.Destinations destinations, UnaryOperator<String> place) {
    this.destinations = destinations;
    this.place = place;
  }

  /// One sentence for each rule that is broken.
  List<String> problems() {
    destinations.webhook().forEach(this::webhook);
    mail(destinations.mail());
    return problems;
  }

  /// The address of a receiver, where it is one.
  static @Nullable URI url(@Nullable Secret secret) {
    try {
      URI url = secret == null ? null : new URI(secret.reveal());
      boolean isWeb =
          url != null
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
      return isWeb ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private void webhook(String name, Settings.Webhook webhook) {
    String section = "alarms.webhook." + name;
    if (!NAME.matcher(name).matches()) {
      broken(section, section + ": a name has lower-case letters, digits and hyphens, 40 at most.");
    }
    if (url(webhook.url()) == null) {
      broken(
          section + ".url",
          section + ".url must be an http or https URL without a name or a password in it.");
    }
    Secret secret = webhook.secret();
    WebhookSignature.problem(secret == null ? "" : secret.reveal())
        .ifPresent(wanted -> broken(section + ".secret", section + ".secret " + wanted + "."));
  }

  private void mail(Settings.Mail mail) {
    boolean isMeant = mail.from() != null || !mail.to().isEmpty() || mail.username() != null;
    if (mail.host() == null) {
      if (isMeant) {
        String key = !mail.to().isEmpty() ? "to" : mail.from() != null ? "from" : "username";
        broken("alarms.mail." + key, "alarms.mail.host is missing: the mail server.");
      }
      return;
    }
    String from = mail.from();
    if (from == null || !ADDRESS.matcher(from).matches()) {
      broken(
          "alarms.mail.from",
          "alarms.mail.from must be an address, such as \"wellhead@example.com\".");
    }
    if (mail.to().isEmpty() || !mail.to().stream().allMatch(ADDRESS.asMatchPredicate())) {
      broken(
          "alarms.mail.to",
          "alarms.mail.to must be one or more addresses, such as [\"ops@example.com\"].");
    }
    if ((mail.username() == null) != (mail.password() == null)) {
      broken(
          mail.username() == null ? "alarms.mail.password" : "alarms.mail.username",
          "alarms.mail.username and alarms.mail.password belong together: give both or neither.");
    }
  }

  private void broken(String key, String sentence) {
    String where = place.apply(key);
    String other = where.isEmpty() ? place.apply(key + "_file") : where;
    problems.add((other.isEmpty() ? place.apply("alarms.mail.host") : other) + sentence);
  }
}
