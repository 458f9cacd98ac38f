package dev.wellhead.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the key pair in service that lies on disk.
///
/// Requests and new connections look by; at most one look in [#PAUSE] reads the files' times. A
/// pair that cannot be used is reported once and leaves the one before in service: a renewal that
/// goes wrong must not take the server down.
final class TlsKeys {
  private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
  private static final long PAUSE = Duration.ofSeconds(2).toNanos();

  /// Guards nothing: the key store lives in memory and wants a password for its form's sake.
  private static final String PASSWORD = "in-memory";

  private final TlsFiles files;
  private final SslContextFactory.Server ssl;
  private final Executor threads;
  private final LongSupplier ticker;
  private final AtomicLong lastLook;
  private String seen;

  private TlsKeys(
      TlsFiles files, SslContextFactory.Server ssl, Executor threads, LongSupplier ticker) {
    this.files = files;
    this.ssl = ssl;
    this.threads = threads;
    this.ticker = ticker;
    this.lastLook = new AtomicLong(ticker.getAsLong());
    this.seen = state();
  }

  /// Loads the pair, or says in a sentence why it cannot be used.
  static TlsKeys load(TlsFiles files, Executor threads, LongSupplier ticker)
      throws HttpRefusedException {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSniRequired(false);
    ssl.setKeyStorePassword(PASSWORD);
    TlsKeys keys = new TlsKeys(files, ssl, threads, ticker);
    ssl.setKeyStore(TlsKey.load(files, PASSWORD.toCharArray()));
    return keys;
  }

  SslContextFactory.Server ssl() {
    return ssl;
  }

  /// Looks by: when the last look is long enough ago, another thread compares the files.
  void glance() {
    long now = ticker.getAsLong();
    long last = lastLook.get();
    if (now - last >= PAUSE && lastLook.compareAndSet(last, now)) {
      threads.execute(this::compare);
    }
  }

  private synchronized void compare() {
    String state = state();
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    try {
      var store = TlsKey.load(files, PASSWORD.toCharArray());
      ssl.reload(factory -> factory.setKeyStore(store));
      LOG.info("The key pair of {} changed and is in service.", files.certificateChain());
    } catch (HttpRefusedException unusable) {
      LOG.error("{} The key pair of before stays in service.", unusable.getMessage());
    } catch (Exception unusable) {
      LOG.error("The changed key pair cannot be used, the one of before stays.", unusable);
    }
  }

  private String state() {
    return state(files.certificateChain()) + " " + state(files.privateKey());
  }

  private static String state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + "/" + now.size() + "/" + now.fileKey();
    } catch (IOException absent) {
      return "absent";
    }
  }
}
