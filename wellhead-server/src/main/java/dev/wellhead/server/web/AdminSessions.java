package dev.wellhead.server.web;

import dev.wellhead.core.pypi.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may use the administrator's pages: whoever redeemed a one-time code that somebody at the
/// server's machine was given.
///
/// Codes and tokens have 256 random bits and are kept as hashes, in memory alone: none outlives the
/// server's process, and none can be read out of it or out of a backup.
public final class AdminSessions {
  /// How long a code waits to be redeemed.
  public static final Duration CODE_LASTS = Duration.ofMinutes(15);

  /// How long a session lasts from its code on, used or not.
  public static final Duration SESSION_LASTS = Duration.ofMinutes(30);

  private static final Logger LOG = LoggerFactory.getLogger(AdminSessions.class);
  private static final int SECRET_BYTES = 32;
  private static final int MOST_CODES = 100;
  private static final int LONGEST_SECRET = 100;

  private final InstantSource clock;
  private final RandomGenerator random;

  // All guarded by this, by hash. A code that was redeemed stays until it is over, so that its
  // second use is noticed.
  private final Map<Sha256, Code> codes = new HashMap<>();
  private final Map<Sha256, Session> sessions = new HashMap<>();

  private record Code(Instant until, boolean spent) {}

  /// @param random such as cannot be guessed: boot hands in a secure one
  public AdminSessions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// A code to show to one person.
  ///
  /// @param secret redeemed once, before `until`
  public record Invitation(String secret, Instant until) {}

  /// What a code was redeemed for.
  ///
  /// @param token to be sent back with each request
  public record Admission(String token, Session session) {}

  /// An administrator's time.
  public record Session(Instant since, Instant until) {}

  /// A new code.
  ///
  /// @throws IllegalStateException where a hundred wait already
  public synchronized Invitation invite() {
    Instant now = clock.instant();
    forget(now);
    if (codes.size() >= MOST_CODES) {
      throw new IllegalStateException("a hundred codes were made within a quarter of an hour");
    }
    Instant until = now.plus(CODE_LASTS);
    String secret = secret();
    codes.put(hash(secret), new Code(until, false));
    LOG.info("a one-time code for the administrator's pages was made, good until {}", until);
    return new Invitation(secret, until);
  }

  /// Takes a code in, once; empty for one that is wrong, over or used, and nobody is told which.
  ///
  /// @param from who sent it, for the log
  public synchronized Optional<Admission> redeem(String secret, String from) {
    Instant now = clock.instant();
    forget(now);
    Sha256 hash = hash(secret);
    Code code = codes.get(hash);
    if (code == null) {
      LOG.warn("{} sent a code for the administrator's pages that is wrong or over", from);
      return Optional.empty();
    }
    if (code.spent()) {
      LOG.warn(
          "{} sent a code for the administrator's pages that was redeemed before; whoever has the"
              + " link should make a new one, and look who else saw it",
          from);
      return Optional.empty();
    }
    codes.put(hash, new Code(code.until(), true));
    String token = secret();
    Session session = new Session(now, now.plus(SESSION_LASTS));
    sessions.put(hash(token), session);
    LOG.warn("{} entered the administrator's pages, until {}", from, session.until());
    return Optional.of(new Admission(token, session));
  }

  /// The session of this token, while it lasts.
  public synchronized Optional<Session> find(String token) {
    forget(clock.instant());
    return Optional.ofNullable(sessions.get(hash(token)));
  }

  /// Ends the session of this token, where there is one.
  public synchronized void end(String token) {
    if (sessions.remove(hash(token)) != null) {
      LOG.info("an administrator left");
    }
  }

  private void forget(Instant now) {
    codes.values().removeIf(code -> !now.isBefore(code.until()));
    sessions.values().removeIf(session -> !now.isBefore(session.until()));
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Looking up the hash tells a guesser nothing by the time that it takes.
  private static Sha256 hash(String secret) {
    String bounded = secret.substring(0, Math.min(LONGEST_SECRET, secret.length()));
    try {
      return Sha256.of(
          MessageDigest.getInstance("SHA-256").digest(bounded.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
