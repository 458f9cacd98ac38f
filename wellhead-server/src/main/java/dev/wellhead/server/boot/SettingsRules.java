package dev.wellhead.server.boot;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What settings must hold between one another.
final class SettingsRules {
  private SettingsRules() {}

  /// One sentence for each rule that is broken.
  static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    Settings.Tls tls = settings.server().tls();
    together(problems, "server.tls", tls.certificate(), tls.key());
    Settings.UpstreamTls upstream = settings.upstream().tls();
    together(problems, "upstream.tls", upstream.certificate(), upstream.key());
    credentials(problems, settings.upstream().credentials());
    Settings.Proxy proxy = settings.upstream().proxy();
    if (proxy.url() == null && (proxy.username() != null || proxy.password() != null)) {
      problems.add("upstream.proxy has a name or a password, and no url to send them to.");
    }
    plain(problems, "upstream.index", settings.upstream().index());
    plain(problems, "server.public_url", settings.server().publicUrl());
    settings.upstream().files().forEach(url -> plain(problems, "upstream.files", url));
    storage(problems, settings.storage());
    return problems;
  }

  private static void together(
      List<String> problems, String section, @Nullable Object certificate, @Nullable Object key) {
    if ((certificate == null) != (key == null)) {
      problems.add(
          "%s.certificate and %s.key belong together: give both or neither."
              .formatted(section, section));
    }
  }

  private static void credentials(List<String> problems, Settings.Credentials credentials) {
    boolean basic = credentials.username() != null || credentials.password() != null;
    if (basic && credentials.token() != null) {
      problems.add("upstream.credentials: give a name and a password, or a token, not both.");
    }
    if ((credentials.username() == null) && credentials.password() != null) {
      problems.add("upstream.credentials.password needs upstream.credentials.username beside it.");
    }
  }

  private static void plain(List<String> problems, String key, @Nullable URI url) {
    if (url != null && (url.getRawQuery() != null || url.getRawFragment() != null)) {
      problems.add(key + " must have no ? and no # part.");
    }
  }

  private static void storage(List<String> problems, Settings.Storage storage) {
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
