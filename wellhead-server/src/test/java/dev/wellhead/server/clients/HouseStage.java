package dev.wellhead.server.clients;

import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.index.HostedFiles;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import dev.wellhead.testkit.ManualClock;
import dev.wellhead.testkit.transcript.Stage;
import dev.wellhead.testkit.transcript.UpstreamWords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A transcript's stage: a house over a fake index, by a clock that the transcript moves.
///
/// The house starts with the first request, so that it sees the clock and the upstream that the
/// transcript sets before.
final class HouseStage implements Stage {
  private final Path data;
  private final Map<String, String> settings;
  private final FakeIndex upstream;
  private final UpstreamWords words;
  private final Map<String, FakeIndex> sources = new TreeMap<>();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private @Nullable RunningHouse house;

  HouseStage(Path data, Map<String, String> settings) {
    this.data = data;
    this.settings = settings;
    upstream = FakeIndex.start(UpstreamWords.features(settings));
    words = new UpstreamWords(upstream);
    settings.forEach((name, kind) -> {
      if (name.startsWith("source-")) {
        sources.put(
            name.substring("source-".length()),
            FakeIndex.start(UpstreamWords.features(Map.of("upstream", kind))));
      }
    });
  }

  @Override
  public URI address() {
    if (house == null) {
      Map<String, String> all = new HashMap<>(settings);
      sources.forEach((name, index) -> {
        all.put("source." + name + ".index", index.url().toString());
        all.put("source." + name + ".files", index.filesUrl().toString());
      });
      house = RunningHouse.start(upstream, data, clock, all);
    }
    return house.url().resolve("/");
  }

  @Override
  public void clock(Instant now) {
    clock.set(now);
  }

  @Override
  public void advance(Duration by) {
    clock.advance(by);
  }

  @Override
  public void upstream(List<String> line) {
    String first = line.getFirst();
    if (first.endsWith(":")) {
      source(first.substring(0, first.length() - 1)).apply(line.subList(1, line.size()));
    } else {
      words.apply(line);
    }
  }

  @Override
  public void house(List<String> line) throws Exception {
    switch (line.getFirst()) {
      case "hosts" -> hosts(line.get(1), line.subList(2, line.size()));
      case "reserve" -> verb("reserve", line.get(1), "--yes", "--reason", line.get(2));
      case "unreserve" -> verb("unreserve", line.get(1));
      default -> throw new IllegalArgumentException("nothing that it does: " + line.getFirst());
    }
  }

  private void hosts(String filename, List<String> about) throws Exception {
    Instant uploaded = FakeIndex.UPLOADED;
    Yank yank = new Yank.Not();
    for (int i = 0; i < about.size(); i += 2) {
      switch (about.get(i)) {
        case "uploaded" -> uploaded = Instant.parse(about.get(i + 1));
        case "yanked" -> yank = new Yank.Yanked(about.get(i + 1));
        default -> throw new IllegalArgumentException("unknown about a file: " + about.get(i));
      }
    }
    byte[] bytes = filename.endsWith(".whl") ? MadeFile.wheel(filename) : MadeFile.sdist(filename);
    HostedFiles.add(data, filename, bytes, uploaded, yank, clock.instant());
  }

  private void verb(String... words) {
    address(); // a verb runs within the server
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    TestHouse.Said said = TestHouse.verb(line.toArray(new String[0]));
    if (said.exitCode() != 0) {
      throw new IllegalArgumentException(said.out() + said.err());
    }
  }

  private UpstreamWords source(String name) {
    FakeIndex index = sources.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no source of this transcript: " + name);
    }
    return new UpstreamWords(index);
  }

  @Override
  public long asked(String path) {
    int colon = path.indexOf(':');
    return colon > 0 && sources.containsKey(path.substring(0, colon))
        ? source(path.substring(0, colon)).asked(path.substring(colon + 1))
        : words.asked(path);
  }

  @Override
  public void close() {
    if (house != null) {
      house.close();
    }
    upstream.close();
    sources.values().forEach(FakeIndex::close);
  }
}
