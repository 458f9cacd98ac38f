package dev.wellhead.server.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Keeps the log silent during a test class that makes everything fail on purpose.
final class Quiet implements BeforeAllCallback, AfterAllCallback {
  private static final String HOUSE = "dev.wellhead";

  @Override
  public void beforeAll(ExtensionContext context) {
    level(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    level(null);
  }

  private static void level(@Nullable Level level) {
    if (LoggerFactory.getLogger(HOUSE) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
