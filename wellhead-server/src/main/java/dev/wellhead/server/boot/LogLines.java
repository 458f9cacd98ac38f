package dev.wellhead.server.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How log lines look and where they go: standard output, plain or as one JSON object a line.
///
/// Configured in code, since an XML parser costs a start more than everything that it would read.
/// Logback finds this class through `META-INF/services` and calls it before settings are known;
/// until then, and in tests, only warnings are written.
public final class LogLines extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    set(context, new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Takes the settings into use.
  static void use(Settings.Log settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      set(context, settings);
    }
  }

  /// From a stop on: what libraries say of connections that end is no news.
  static void quietLibraries() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
    }
  }

  private static void set(LoggerContext context, Settings.Log settings) {
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder(context, settings.format()));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    context.getLogger("access").setLevel(Level.INFO); // written only where a setting asks for it
    // What clients send wrong is answered to them, and is no matter for the log.
    context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR);
    context.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.ERROR);
    context
        .getLogger("dev.wellhead")
        .setLevel(Level.toLevel(settings.level().name().toLowerCase(Locale.ROOT)));
  }

  /// An encoder that is started.
  static Encoder<ILoggingEvent> encoder(LoggerContext context, Settings.LogFormat format) {
    return switch (format) {
      case PLAIN -> {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        // A name from an upstream or a client must neither forge a second line nor steer a
        // terminal;
        // an exception repeats such names and has lines of its own, which are marked as such.
        encoder.setPattern(
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}%replace( %X{request}){' $', ''}"
                + " %replace(%msg){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+', ' '}%n"
                + "%replace(%replace(%rEx){'[[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]&&[^\\n\\t]]+', ' '}){'(?m)^(?=.)', '  '}");
        encoder.start();
        yield encoder;
      }
      case JSON -> {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        yield encoder;
      }
    };
  }
}
