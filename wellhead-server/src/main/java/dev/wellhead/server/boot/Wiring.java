package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.fetches.Retention;
import dev.wellhead.server.http.HttpLimits;
import dev.wellhead.server.http.HttpSettings;
import dev.wellhead.server.http.TlsFiles;
import dev.wellhead.server.index.IndexSettings;
import dev.wellhead.server.upstream.Access;
import dev.wellhead.server.upstream.Credentials;
import dev.wellhead.server.upstream.Persistence;
import dev.wellhead.server.upstream.SizeLimits;
import dev.wellhead.server.upstream.TimeLimits;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.server.web.WebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns the settings into what each room takes.
final class Wiring {
  /// The tables of all rooms but `fetches`.
  static final Migrations HOUSE = new Migrations("db/house", "house_history");

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Settings settings;
  private final DataFolder data;

  Wiring(Settings settings, DataFolder data) {
    this.settings = settings;
    this.data = data;
  }

  DatabaseSettings database() {
    return database("wellhead.db", Durability.FULL);
  }

  /// A crash may lose the last second of the record of fetches, and nothing else.
  DatabaseSettings fetchesDatabase() {
    return database("fetches.db", Durability.NORMAL);
  }

  private String databaseInWords() {
    return switch (settings.storage().database()) {
      case SQLITE -> "SQLite in the data folder";
      case POSTGRES -> "PostgreSQL";
    };
  }

  Path blobs() {
    return data.path().resolve("blobs");
  }

  Retention retention() {
    long days = settings.fetches().keepFor().toDays();
    return new Retention((int) Math.max(1, (days + 29) / 30), 0);
  }

  /// Where the settings say that clients reach the server, with a slash at the end, or null.
  @Nullable URI publicUrl() {
    URI set = settings.server().publicUrl();
    return set == null ? null : withSlash(set);
  }

  IndexSettings index(Supplier<URI> publicUrl) {
    return new IndexSettings(
        publicUrl,
        settings.upstream().freshFor(),
        settings.upstream().absentFor(),
        RETRY,
        settings.cache().pages().bytes(),
        data.path().resolve("cache"));
  }

  WebSettings web(Supplier<URI> publicUrl, URI upstreamIndex) {
    return new WebSettings(
        Versions.current(),
        publicUrl,
        upstreamIndex,
        databaseInWords(),
        SettingsInForce.of(settings));
  }

  HttpSettings http() {
    Settings.Server server = settings.server();
    Path certificate = server.tls().certificate();
    Path key = server.tls().key();
    HttpLimits usual = HttpLimits.usual();
    return new HttpSettings(
        server.host(),
        server.port(),
        certificate == null || key == null ? null : new TlsFiles(certificate, key),
        server.trustedProxies(),
        new HttpLimits(
            server.maxConnections(),
            usual.handlers(),
            usual.headerBytes(),
            server.idleTimeout(),
            server.shutdownGrace()),
        server.accessLog());
  }

  UpstreamSettings upstream() {
    Settings.Upstream upstream = settings.upstream();
    Settings.Limits limits = upstream.limits();
    TimeLimits times = TimeLimits.USUAL;
    Persistence usual = Persistence.USUAL;
    return new UpstreamSettings(
        withSlash(upstream.index()),
        upstream.files(),
        new Access(credentials(upstream.credentials()), certificate(), ca(), proxy()),
        new TimeLimits(
            limits.connect(),
            limits.stalled(),
            limits.stalled(),
            limits.page(),
            limits.file(),
            times.queue(),
            times.slowest()),
        new SizeLimits(
            limits.pageSize().bytes(),
            SizeLimits.USUAL.names(),
            SizeLimits.USUAL.file(),
            SizeLimits.USUAL.range(),
            SizeLimits.USUAL.connections()),
        new Persistence(
            limits.retries() + 1,
            usual.firstDelay(),
            usual.longestDelay(),
            usual.failures(),
            usual.pause()));
  }

  private DatabaseSettings database(String file, Durability durability) {
    Settings.Postgres postgres = settings.storage().postgres();
    return switch (settings.storage().database()) {
      case SQLITE -> new DatabaseSettings.Sqlite(data.path().resolve(file), durability);
      case POSTGRES ->
          new DatabaseSettings.Postgres(
              text(postgres.url()), text(postgres.user()), reveal(postgres.password()));
    };
  }

  private static Credentials credentials(Settings.Credentials set) {
    if (set.token() != null) {
      return new Credentials.Bearer(set.token().reveal());
    }
    return basic(set.username(), set.password());
  }

  private static Credentials basic(@Nullable String user, @Nullable Secret password) {
    return user == null ? new Credentials.None() : new Credentials.Basic(user, reveal(password));
  }

  private Access.@Nullable ClientCertificate certificate() {
    Settings.UpstreamTls tls = settings.upstream().tls();
    return tls.certificate() == null || tls.key() == null
        ? null
        : new Access.ClientCertificate(tls.certificate(), tls.key());
  }

  private @Nullable Path ca() {
    return settings.upstream().tls().ca();
  }

  private Access.@Nullable Proxy proxy() {
    Settings.Proxy proxy = settings.upstream().proxy();
    return proxy.url() == null
        ? null
        : new Access.Proxy(proxy.url(), basic(proxy.username(), proxy.password()));
  }

  private static URI withSlash(URI url) {
    return url.toString().endsWith("/") ? url : URI.create(url + "/");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String reveal(@Nullable Secret secret) {
    return secret == null ? "" : secret.reveal();
  }
}
