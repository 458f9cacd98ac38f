package dev.wellhead.server.boot;

import dev.wellhead.server.feeds.FeedSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What settings must hold between one another.
final class SettingsRules {
  private final Settings settings;
  private final UnaryOperator<String> place;
  private final List<String> problems = new ArrayList<>();

  /// @param place where a key was given, as a sentence begins
  SettingsRules(Settings settings, UnaryOperator<String> place) {
    this.settings = settings;
    this.place = place;
  }

  /// One sentence for each rule that is broken.
  List<String> problems() {
    Settings.Tls tls = settings.server().tls();
    together("server.tls", tls.certificate(), tls.key());
    upstream("upstream", settings.upstream());
    plain("server.public_url", settings.server().publicUrl());
    settings.source().forEach((name, source) -> upstream("source." + name, source));
    problems.addAll(new ViewRules(settings, place).problems());
    settings.retention().forEach(this::retention);
    settings.firewall().feed().forEach(this::feed);
    storage(settings.storage());
    problems.addAll(new AlarmRules(settings.alarms(), place).problems());
    return problems;
  }

  private void feed(String name, Settings.Feed feed) {
    String section = "firewall.feed." + name;
    if (!FeedSettings.isName(name)) {
      broken(
          section + ": a name has lower-case letters, digits and hyphens, 1 to 40 of them.",
          section);
    }
    String from = feed.from();
    if (from != null && !FeedFetcher.isUrl(from) && !Path.of(from).isAbsolute()) {
      broken(
          section + ".from must be an http or https URL without password, or an absolute path.",
          section + ".from");
    }
  }

  private void upstream(String section, Settings.Upstream upstream) {
    together(section + ".tls", upstream.tls().certificate(), upstream.tls().key());
    credentials(section + ".credentials", upstream.credentials());
    String proxy = section + ".proxy";
    String user = upstream.proxy().username();
    Secret password = upstream.proxy().password();
    if (upstream.proxy().url() == null && (user != null || password != null)) {
      broken(
          proxy + " has a name or a password, and no url to send them to.",
          proxy + ".username",
          proxy + ".password");
    }
    if ((user == null) != (password == null)) {
      broken(
          "%s.username and %s.password belong together: give both or neither."
              .formatted(proxy, proxy),
          proxy + ".username",
          proxy + ".password");
    }
    plain(section + ".index", upstream.index());
    upstream.files().forEach(url -> plain(section + ".files", url));
  }

  private void retention(String name, Settings.Retention rule) {
    String path = "retention." + name;
    if (Wiring.retained(name).isEmpty()) {
      broken(
          path + ": that is no project's name, no beginning of one with * behind it, and not *.",
          path);
    }
    if (rule.keep() == null && rule.days() == null) {
      broken(path + " needs keep, days, or both.", path);
    }
  }

  private void together(String section, @Nullable Object certificate, @Nullable Object key) {
    if ((certificate == null) != (key == null)) {
      broken(
          "%s.certificate and %s.key belong together: give both or neither."
              .formatted(section, section),
          section + ".certificate",
          section + ".key");
    }
  }

  private void credentials(String section, Settings.Credentials credentials) {
    String user = section + ".username";
    String password = section + ".password";
    boolean basic = credentials.username() != null || credentials.password() != null;
    if (basic && credentials.token() != null) {
      broken(section + ": give a name and a password, or a token, not both.", section + ".token");
    }
    if (credentials.username() == null && credentials.password() != null) {
      broken("%s needs %s beside it.".formatted(password, user), password);
    }
    if (credentials.username() != null && credentials.password() == null) {
      broken("%s needs %s beside it.".formatted(user, password), user);
    }
  }

  private void plain(String key, @Nullable URI url) {
    if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
      broken(key + " must have no ? and no # part.", key);
    }
  }

  private void storage(Settings.Storage storage) {
    String key = "storage.postgres.url";
    String url = storage.postgres().url();
    if (storage.database() == Settings.Engine.POSTGRES && url == null) {
      broken(key + " is missing: storage.database is postgres.", "storage.database");
    }
    if (storage.database() == Settings.Engine.SQLITE && url != null) {
      broken(
          key
              + " is set, and storage.database is sqlite: write database = \"postgres\", or take"
              + " the URL out.",
          key);
    }
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      broken(key + " must begin with jdbc:postgresql:", key);
    }
    if (url != null && (url.contains("password=") || url.contains("@"))) {
      broken(
          key
              + " must not carry a password: use storage.postgres.password or"
              + " storage.postgres.password_file, which are never shown.",
          key);
    }
  }

  /// @param keys what the sentence is about; the first that somebody gave says where
  private void broken(String sentence, String... keys) {
    String where =
        Stream.of(keys)
            .flatMap(key -> Stream.of(key, key + "_file"))
            .map(place)
            .filter(given -> !given.isEmpty())
            .findFirst()
            .orElse("");
    problems.add(where + sentence);
  }
}
