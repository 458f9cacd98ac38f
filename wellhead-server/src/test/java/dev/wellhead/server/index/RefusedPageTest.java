package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What the log says of pages that the upstream gave and that cannot be used.
final class RefusedPageTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Projects.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void listen() {
    lines.start();
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  @Test
  void the_first_of_a_minute_is_one_line_with_the_project_and_the_reason() throws Exception {
    try (FakeIndex index =
            FakeIndex.start()
                .file("six-1.0.tar.gz", new byte[] {1})
                .file("attrs-1.0.tar.gz", new byte[] {1});
        Standalone house = new Standalone(folder, index)) {
      index.trouble("/simple/six/", Trouble.malformedJson());
      index.trouble("/simple/attrs/", Trouble.malformedJson());

      assertThat(house.get("/simple/six/").statusCode()).isEqualTo(502);
      assertThat(house.get("/simple/attrs/").statusCode()).isEqualTo(502);
      assertThat(said())
          .singleElement()
          .asString()
          .startsWith("six: the page of the upstream index cannot be used: ");
      house.clock.advance(Duration.ofMinutes(2));
      assertThat(house.get("/simple/attrs/").statusCode()).isEqualTo(502);
      assertThat(said()).hasSize(2).last().asString().startsWith("attrs: ");
    }
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
