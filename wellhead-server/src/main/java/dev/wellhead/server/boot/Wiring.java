package dev.wellhead.server.boot;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.backup.Source;
import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.feeds.FeedKind;
import dev.wellhead.server.feeds.FeedSettings;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.fetches.Retention;
import dev.wellhead.server.http.HttpLimits;
import dev.wellhead.server.http.HttpSettings;
import dev.wellhead.server.http.TlsFiles;
import dev.wellhead.server.index.IndexSettings;
import dev.wellhead.server.index.ViewSummary;
import dev.wellhead.server.notify.NotifySettings;
import dev.wellhead.server.notify.Severity;
import dev.wellhead.server.release.RetentionRule;
import dev.wellhead.server.upstream.Access;
import dev.wellhead.server.upstream.Credentials;
import dev.wellhead.server.upstream.PageFormat;
import dev.wellhead.server.upstream.Persistence;
import dev.wellhead.server.upstream.SizeLimits;
import dev.wellhead.server.upstream.TimeLimits;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.server.web.WebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns the settings into what each room takes.
final class Wiring {
  /// The tables of all rooms but `fetches`.
  static final Migrations HOUSE = new Migrations("db/house", "house_history");

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final String DEFAULT = "default";

  /// The name of the source that `[upstream]` is about.
  static final String UPSTREAM = "upstream";

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

  /// Both databases, as backups name them.
  List<Source> stored() {
    return List.of(
        new Source("house", database(), HOUSE),
        new Source("fetches", fetchesDatabase(), Fetches.MIGRATIONS));
  }

  private String databaseInWords() {
    return switch (settings.storage().database()) {
      case SQLITE -> "SQLite in the data folder";
      case POSTGRES -> "PostgreSQL";
    };
  }

  /// Where the policy is read from; there may be none.
  Path policyFile() {
    Path set = settings.firewall().policy();
    return set == null ? data.path().resolve("policy.toml") : set;
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
        publicUrl, views(), RETRY, settings.cache().pages().bytes(), data.path().resolve("cache"));
  }

  /// Which projects a retention rule of this name is about; empty where that names none.
  static Optional<ReservedPattern> retained(String name) {
    return name.equals("*") ? Optional.of(new ReservedPattern("*")) : ReservedPattern.of(name);
  }

  /// The rules by which development builds of hosted projects are removed.
  List<RetentionRule> retentionRules() {
    List<RetentionRule> rules = new ArrayList<>();
    settings
        .retention()
        .forEach((name, rule) ->
            retained(name)
                .map(pattern ->
                    new RetentionRule(
                        pattern,
                        rule.keep(),
                        rule.days(),
                        rule.prereleases()
                            ? RetentionRule.Builds.PRERELEASES
                            : RetentionRule.Builds.DEVELOPMENT))
                .ifPresent(rules::add));
    return rules;
  }

  /// How many bytes the files of other indexes may take, or null.
  @Nullable Long cacheBudget() {
    ByteSize budget = settings.cache().budget();
    return budget == null ? null : (Long) budget.bytes();
  }

  /// The settings of every source that is asked, by its name; the first is `upstream`.
  SequencedMap<String, Settings.Upstream> sources() {
    SequencedMap<String, Settings.Upstream> sources = new LinkedHashMap<>();
    sources.put(UPSTREAM, settings.upstream());
    sources.putAll(settings.source());
    return sources;
  }

  /// The views, the default one first: hosted projects, then the upstream's, where nobody says
  /// otherwise.
  private List<ViewSummary> views() {
    List<ViewSummary> views = new ArrayList<>();
    Settings.View standard = settings.view().get(DEFAULT);
    views.add(
        standard == null
            ? new ViewSummary(DEFAULT, List.of("hosted", "upstream"), Map.of(), null)
            : view(DEFAULT, standard));
    settings
        .view()
        .forEach((name, view) -> {
          if (!name.equals(DEFAULT)) {
            views.add(view(name, view));
          }
        });
    return views;
  }

  private static ViewSummary view(String name, Settings.View view) {
    Map<String, List<String>> joins = new HashMap<>();
    view.join()
        .forEach((project, from) ->
            ProjectName.of(project).ifPresent(known -> joins.put(known.normalized(), from)));
    return new ViewSummary(name, view.sources(), joins, view.freeze());
  }

  WebSettings web(Supplier<URI> publicUrl, URI upstreamIndex) {
    return new WebSettings(
        Versions.current(),
        publicUrl,
        upstreamIndex,
        databaseInWords(),
        SettingsInForce.of(settings));
  }

  NotifySettings destinations() {
    List<NotifySettings.Webhook> webhooks = new ArrayList<>();
    settings
        .alarms()
        .webhook()
        .forEach((name, webhook) -> {
          URI url = AlarmRules.url(webhook.url());
          if (url != null) {
            webhooks.add(
                new NotifySettings.Webhook(
                    name, url, reveal(webhook.secret()), Severity.valueOf(webhook.least().name())));
          }
        });
    return new NotifySettings(webhooks, mail(settings.alarms().mail()));
  }

  private static NotifySettings.@Nullable Mail mail(Settings.Mail mail) {
    if (mail.host() == null) {
      return null;
    }
    return new NotifySettings.Mail(
        new NotifySettings.MailServer(
            mail.host(), mail.port(), NotifySettings.Protection.valueOf(mail.protection().name())),
        mail.username() == null
            ? null
            : new NotifySettings.SignIn(mail.username(), reveal(mail.password())),
        text(mail.from()),
        mail.to(),
        Severity.valueOf(mail.least().name()));
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
        data.path().resolve("cache").resolve("answers"),
        server.accessLog());
  }

  /// How one source is asked. How the main upstream is asked.
  UpstreamSettings upstream() {
    return upstream(settings.upstream());
  }

  UpstreamSettings upstream(Settings.Upstream upstream) {
    Settings.Limits limits = upstream.limits();
    TimeLimits times = TimeLimits.USUAL;
    Persistence usual = Persistence.USUAL;
    return new UpstreamSettings(
        withSlash(upstream.index()),
        upstream.files(),
        PageFormat.valueOf(upstream.format().name()),
        new Access(
            credentials(upstream.credentials()),
            certificate(upstream.tls()),
            upstream.tls().ca(),
            proxy(upstream.proxy())),
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

  /// Every feed that the settings name.
  List<FeedSettings> feeds() {
    List<FeedSettings> feeds = new ArrayList<>();
    settings
        .firewall()
        .feed()
        .forEach((name, set) -> {
          FeedKind kind = FeedKind.valueOf(set.kind().name());
          Duration grace = set.grace() == null ? kind.usualGrace() : set.grace();
          feeds.add(new FeedSettings(name, kind, text(set.from()), set.every(), grace));
        });
    return feeds;
  }

  /// How the host of a feed is asked: through the proxy and with the authorities of the main
  /// upstream, and without its credentials.
  UpstreamSettings feedHost(URI root) {
    Settings.Upstream upstream = settings.upstream();
    return UpstreamSettings.of(root)
        .with(
            new Access(new Credentials.None(), null, upstream.tls().ca(), proxy(upstream.proxy())));
  }

  /// Where downloads of feeds lie while they are read.
  Path feedScratch() {
    return data.path().resolve("cache").resolve("feeds");
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

  private static Access.@Nullable ClientCertificate certificate(Settings.UpstreamTls tls) {
    return tls.certificate() == null || tls.key() == null
        ? null
        : new Access.ClientCertificate(tls.certificate(), tls.key());
  }

  private static Access.@Nullable Proxy proxy(Settings.Proxy proxy) {
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
