package dev.wellhead.server.boot;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, as read from `wellhead.toml`, the environment and the command line.
///
/// These records are the only list of settings: the accepted keys, their types and defaults, the
/// names in the environment and `docs/reference/settings.md` all come from them. A component that
/// may be absent is `@Nullable` and has no fallback. A map stands for tables whose names the person
/// who runs the server chooses.
record Settings(
    @Setting(
            value =
                "The folder that holds everything Wellhead keeps: database, files, lock. Nothing"
                    + " outside of it is written. It is made where it is missing.",
            fallback = "wellhead-data")
        Path data,
    @Setting("How clients reach this server.") Server server,
    @Setting("The index that Wellhead stands in front of.") Upstream upstream,
    @Setting(
            "A further index that views may name as a source. Its name has lower-case letters,"
                + " digits and hyphens, 40 at most; in the environment a hyphen is written `_`.")
        Map<String, Upstream> source,
    @Setting(
            "A view: an index of its own at `/NAME/simple/`, made of sources in an order. `default`"
                + " is the one at `/simple/`; without it that one has hosted projects first, then"
                + " those of `[upstream]`.")
        Map<String, View> view,
    @Setting("Where the database lies.") Storage storage,
    @Setting("The record of who fetched which file.") Fetches fetches,
    @Setting("What Wellhead keeps for a while.") Cache cache,
    @Setting(
            "How long development builds (PEP 440 `.devN`) of hosted projects are kept. NAME is a"
                + " project's, or the beginning of some: `[retention.\"acme-*\"]`; `*` means all."
                + " Of several the longest counts. Final releases are never removed.")
        Map<String, Retention> retention,
    @Setting("What may leave, and why not.") Firewall firewall,
    @Setting("Where alarms are sent, beside the page that shows them.") Destinations alarms,
    @Setting("What Wellhead writes about its own work.") Log log) {
  Settings {
    source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
    view = Collections.unmodifiableMap(new LinkedHashMap<>(view));
    retention = Collections.unmodifiableMap(new LinkedHashMap<>(retention));
  }

  record Server(
      @Setting(
              value =
                  "The address to listen on. Behind a reverse proxy leave it as it is; `0.0.0.0`"
                      + " or `::` means every address of the machine.",
              fallback = "127.0.0.1")
          String host,
      @Setting(
              value = "The port to listen on; 0 lets the system choose a free one.",
              fallback = "8090",
              most = 65_535)
          int port,
      @Setting(
              "The URL at which clients see this server, such as `https://pypi.example.com/`. It"
                  + " is used where an answer needs an absolute URL; the Host header never is.")
          @Nullable URI publicUrl,
      @Setting("Serve HTTPS with this key pair. Both files are read again when they change.")
          Tls tls,
      @Setting(
              "Addresses or networks, such as `10.0.0.0/8`, of the proxies whose `Forwarded` and"
                  + " `X-Forwarded-*` headers are believed. Those of anybody else are ignored.")
          List<String> trustedProxies,
      @Setting(value = "Write one log line for each request.", fallback = "false")
          boolean accessLog,
      @Setting(
              value = "Close a connection on which nothing was said for this long.",
              fallback = "30s")
          Duration idleTimeout,
      @Setting(
              value = "How many connections may be open at once; further ones wait.",
              fallback = "8192",
              least = 1)
          int maxConnections,
      @Setting(
              value = "How long downloads in flight may still run when the server is stopped.",
              fallback = "30s")
          Duration shutdownGrace) {
    Server {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  record Tls(
      @Setting("The certificate chain as a PEM file, the server's own certificate first.")
          @Nullable Path certificate,
      @Setting("The private key as an unencrypted PKCS #8 PEM file.") @Nullable Path key) {}

  record Upstream(
      @Setting(
              value = "The upstream's Simple API: the folder that holds the project pages.",
              fallback = "https://pypi.org/simple/",
              isForNamed = false)
          URI index,
      @Setting(
              "Where the upstream's files lie, if not on the index's own host. A page that names"
                  + " a file anywhere else is refused. PyPI's own file host needs no mention.")
          List<URI> files,
      @Setting(
              value =
                  "How the index writes its pages. `auto` asks for JSON and reads HTML where only"
                      + " that is given.",
              fallback = "auto")
          PageFormat format,
      @Setting(
              value = "For how long a project's page is served without asking the upstream again.",
              fallback = "10m")
          Duration freshFor,
      @Setting(
              value = "For how long a project that the upstream does not have counts as absent.",
              fallback = "5m")
          Duration absentFor,
      @Setting("How Wellhead signs in at the upstream.") Credentials credentials,
      @Setting("Whom Wellhead trusts, and as whom it appears, on HTTPS to the upstream.")
          UpstreamTls tls,
      @Setting("The proxy through which the upstream is reached.") Proxy proxy,
      @Setting("What the upstream may cost before Wellhead gives up on an answer.") Limits limits) {
    Upstream {
      files = List.copyOf(files);
    }

    /// The configured hosts of files; PyPI's own where the index is PyPI and none is configured.
    List<URI> fileRoots() {
      return files.isEmpty() && "pypi.org".equals(index.getHost())
          ? List.of(URI.create("https://files.pythonhosted.org/"))
          : files;
    }
  }

  enum PageFormat {
    AUTO,
    JSON,
    HTML
  }

  record View(
      @Setting(
              "Where its projects come from: `hosted` (those of this index itself), `upstream`, or"
                  + " the NAME of a `[source.NAME]`. The first one that has a project answers for"
                  + " it.")
          List<String> sources,
      @Setting(
              "The day, such as `2026-11-01`, at whose end (UTC) the view stands still: what came"
                  + " later is not in it.")
          @Nullable LocalDate freeze,
      @Setting(
              "Projects whose files come from several of the view's sources together, by name:"
                  + " `torch = [\"gpu\", \"upstream\"]`. Where two have a file of one name, the"
                  + " first one's counts.")
          Map<String, List<String>> join) {
    View {
      sources = List.copyOf(sources);
      join = Collections.unmodifiableMap(new LinkedHashMap<>(join));
    }
  }

  record Credentials(
      @Setting("The name to sign in with (HTTP Basic).") @Nullable String username,
      @Setting("The password that goes with the name.") @Nullable Secret password,
      @Setting("A bearer token, instead of a name and a password.") @Nullable Secret token) {}

  record UpstreamTls(
      @Setting("A PEM file of certificate authorities to trust beside those of the system.")
          @Nullable Path ca,
      @Setting("The client certificate chain as a PEM file.") @Nullable Path certificate,
      @Setting("The client certificate's private key as an unencrypted PKCS #8 PEM file.")
          @Nullable Path key) {}

  record Proxy(
      @Setting("The proxy's URL, such as `http://proxy.example.com:3128`.") @Nullable URI url,
      @Setting("The name to sign in with at the proxy.") @Nullable String username,
      @Setting("The password that goes with the name.") @Nullable Secret password) {}

  record Limits(
      @Setting(value = "The time to connect.", fallback = "5s") Duration connect,
      @Setting(value = "The time without a single byte of an answer.", fallback = "10s")
          Duration stalled,
      @Setting(value = "The time for one whole page.", fallback = "30s") Duration page,
      @Setting(value = "The time for one whole file.", fallback = "15m") Duration file,
      @Setting(
              value =
                  "The size of one page, unpacked. It takes some six times as much memory while it"
                      + " is read.",
              fallback = "16MB")
          ByteSize pageSize,
      @Setting(
              value = "How often a failed request is tried again, each time after a longer pause.",
              fallback = "2",
              most = 10)
          int retries) {}

  record Feed(
      @Setting(
              value =
                  "What it holds: advisories as OSV JSON (`osv`) or as PyPA YAML (`pypa`),"
                      + " exploited vulnerabilities (`kev`), popular projects (`popular`), or"
                      + " blocks (`blocklist`).",
              fallback = "osv",
              isForNamed = false)
          FeedKind kind,
      @Setting(
              "Where it lies: a URL, or the absolute path of a file or folder. Without it the feed"
                  + " is loaded by `wellhead feed load NAME FROM`.")
          @Nullable String from,
      @Setting(value = "How often it is asked for news.", fallback = "15m") Duration every,
      @Setting(
              "For how long after its last confirmation it counts as current. Without it 3 days for"
                  + " advisories and exploited vulnerabilities, 400 days for other lists.")
          @Nullable Duration grace) {}

  enum FeedKind {
    OSV,
    PYPA,
    KEV,
    POPULAR,
    BLOCKLIST
  }

  record Storage(
      @Setting(
              value = "`sqlite` needs nothing else; `postgres` is for more than one server.",
              fallback = "sqlite")
          Engine database,
      @Setting("The PostgreSQL database, where that is chosen.") Postgres postgres) {}

  enum Engine {
    SQLITE,
    POSTGRES
  }

  record Postgres(
      @Setting("The JDBC URL, such as `jdbc:postgresql://db.example.com/wellhead`.")
          @Nullable String url,
      @Setting("The database user.") @Nullable String user,
      @Setting("The database user's password.") @Nullable Secret password) {}

  record Fetches(
      @Setting(
              value =
                  "How long single downloads are kept. They hold client addresses, which are"
                      + " personal data; the sums per client and file stay.",
              fallback = "90d")
          Duration keepFor) {}

  record Destinations(
      @Setting("Alarms by mail.") Mail mail,
      @Setting(
              "A receiver of alarms: signed messages as the Standard Webhooks specification has"
                  + " them. Its name has lower-case letters, digits and hyphens, 40 at most.")
          Map<String, Webhook> webhook) {
    Destinations {
      webhook = Collections.unmodifiableMap(new LinkedHashMap<>(webhook));
    }
  }

  record Mail(
      @Setting("The mail server. Without it no mail is sent.") @Nullable String host,
      @Setting(value = "The mail server's port.", fallback = "587", least = 1, most = 65_535)
          int port,
      @Setting(
              value =
                  "What protects the way to the mail server. With `starttls` nothing is sent where"
                      + " it offers no TLS; `tls` is for port 465; `none` is for a mail server on"
                      + " the same machine.",
              fallback = "starttls")
          Protection protection,
      @Setting("The name to sign in with at the mail server.") @Nullable String username,
      @Setting("The password that goes with the name.") @Nullable Secret password,
      @Setting("The address that mails come from, such as `wellhead@example.com`.")
          @Nullable String from,
      @Setting("The addresses that mails go to.") List<String> to,
      @Setting(value = "The least severity that is sent.", fallback = "warning") Severity least) {
    Mail {
      to = List.copyOf(to);
    }
  }

  enum Protection {
    STARTTLS,
    TLS,
    NONE
  }

  record Webhook(
      @Setting(
              "Where messages are posted to: an http or https URL. It is kept like a secret, since"
                  + " many receivers have one in the path.")
          @Nullable Secret url,
      @Setting(
              "The secret that messages are signed with: `whsec_` and 24 to 64 random bytes in"
                  + " Base64, as `echo whsec_$(openssl rand -base64 32)` prints.")
          @Nullable Secret secret,
      @Setting(value = "The least severity that is sent.", fallback = "warning") Severity least) {}

  enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  record Cache(
      @Setting(value = "The memory for rendered pages.", fallback = "48MB") ByteSize pages,
      @Setting(
              "How many bytes on disk the files of other indexes may take, such as `50GiB`. Where"
                  + " they are more, those not fetched for longest are removed, and brought again"
                  + " when they are asked for. Hosted files do not count. Without it there is no"
                  + " limit.")
          @Nullable ByteSize budget) {}

  record Retention(
      @Setting(
              value = "So many builds of each project stay, the newest ones, however old they are.",
              least = 1)
          @Nullable Integer keep,
      @Setting(value = "Builds stay for so many days after their upload.", least = 1)
          @Nullable Integer days,
      @Setting(
              value = "Whether other pre-releases (`a`, `b`, `rc`) are treated alike.",
              fallback = "false")
          boolean prereleases) {}

  record Firewall(
      @Setting(
              "The policy file, read again when it changes. Without this, `policy.toml` in the data"
                  + " folder where there is one; `wellhead init` writes it.")
          @Nullable Path policy,
      @Setting(
              "Advisories or a list of others, by a name with lower-case letters, digits and hyphens,"
                  + " 40 at most. docs/feeds.md tells of the kinds.")
          Map<String, Feed> feed) {
    Firewall {
      feed = Collections.unmodifiableMap(new LinkedHashMap<>(feed));
    }
  }

  record Log(
      @Setting(
              value = "`plain` for people, `json` for machines: one object on each line.",
              fallback = "plain")
          LogFormat format,
      @Setting(value = "The least important line that is still written.", fallback = "info")
          LogLevel level) {}

  enum LogFormat {
    PLAIN,
    JSON
  }

  enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }
}
