package dev.wellhead.server.boot;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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
    storage(settings.storage());
    return problems;
  }

  private void upstream(String section, Settings.Upstream upstream) {
    together(section + ".tls", upstream.tls().certificate(), upstream.tls().key());
    credentials(section + ".credentials", upstream.credentials());
    Settings.Proxy proxy = upstream.proxy();
    if (proxy.url() == null && (proxy.username() != null || proxy.password() != null)) {
      problems.add(section + ".proxy has a name or a password, and no url to send them to.");
    }
    plain(section + ".index", upstream.index());
    upstream.files().forEach(url -> plain(section + ".files", url));
  }

  private void together(String section, @Nullable Object certificate, @Nullable Object key) {
    if ((certificate == null) != (key == null)) {
      problems.add(
          "%s.certificate and %s.key belong together: give both or neither."
              .formatted(section, section));
    }
  }

  private void credentials(String section, Settings.Credentials credentials) {
    boolean basic = credentials.username() != null || credentials.password() != null;
    if (basic && credentials.token() != null) {
      problems.add(section + ": give a name and a password, or a token, not both.");
    }
    if ((credentials.username() == null) && credentials.password() != null) {
      problems.add("%s.password needs %s.username beside it.".formatted(section, section));
    }
  }

  private void plain(String key, @Nullable URI url) {
    if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
      problems.add(key + " must have no ? and no # part.");
    }
  }

  private void storage(Settings.Storage storage) {
    String url = storage.postgres().url();
    if (storage.database() == Settings.Engine.POSTGRES && url == null) {
      problems.add("storage.postgres.url is missing: storage.database is postgres.");
    }
    if (storage.database() == Settings.Engine.SQLITE && url != null) {
      problems.add(
          "storage.postgres.url is set, and storage.database is sqlite: write database ="
              + " \"postgres\", or take the URL out.");
    }
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      problems.add("storage.postgres.url must begin with jdbc:postgresql:");
    }
    if (url != null && (url.contains("password=") || url.contains("@"))) {
      problems.add(
          "storage.postgres.url must not carry a password: use storage.postgres.password or"
              + " storage.postgres.password_file, which are never shown.");
    }
  }
}
