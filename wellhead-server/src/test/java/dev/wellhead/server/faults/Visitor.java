package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MalformedPageException;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.testkit.FakeIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A client of a house, which notices whether an answer was whole.
final class Visitor {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI house;
  private final FakeIndex upstream;

  Visitor(URI house, FakeIndex upstream) {
    this.house = house;
    this.upstream = upstream;
  }

  /// What came back.
  sealed interface Got {
    /// An answer that ended as its head said.
    record Whole(int status, String contentType, String sha256, String text) implements Got {}

    /// One that broke off, or none.
    record Broken(String why) implements Got {}
  }

  Got page(Wheel wheel) {
    return ask(request("simple/" + wheel.project() + "/").build());
  }

  Got file(Wheel wheel) {
    return ask(request(path(wheel)).build());
  }

  Got metadata(Wheel wheel) {
    return ask(request(path(wheel) + ".metadata").build());
  }

  Got range(Wheel wheel, String range) {
    return ask(request(path(wheel)).header("Range", range).build());
  }

  Got at(String path) {
    return ask(request(path).build());
  }

  /// The body of a download as it comes.
  InputStream stream(Wheel wheel) throws IOException, InterruptedException {
    return client
        .send(request(path(wheel)).build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /// Page, METADATA and file, as installers ask for them, each right or cleanly refused.
  ///
  /// @return how many of the three were right
  int journey(Wheel wheel) {
    return right(wheel, page(wheel), Part.PAGE)
        + right(wheel, metadata(wheel), Part.METADATA)
        + right(wheel, file(wheel), Part.FILE);
  }

  /// Page, METADATA and file, all right.
  void mustWork(Wheel wheel) {
    assertThat(List.of(page(wheel), metadata(wheel), file(wheel)))
        .extracting(got -> got instanceof Got.Whole whole && whole.status() == 200 ? 200 : got)
        .containsExactly(200, 200, 200);
    assertThat(journey(wheel)).isEqualTo(3);
  }

  /// What a journey asks for.
  enum Part {
    PAGE,
    FILE,
    METADATA
  }

  /// 1 where `got` is right and 0 where it is a clean refusal; anything else fails the test.
  static int right(Wheel wheel, Got got, Part part) {
    if (!(got instanceof Got.Whole whole)) {
      return 0;
    }
    if (whole.status() != 200) {
      assertThat(whole.status()).as("%s", whole).isGreaterThanOrEqualTo(400);
      assertThat(whole.contentType()).as("%s", whole).isEqualTo("application/problem+json");
      assertThat(whole.text()).contains("\"detail\":").doesNotContain("Exception");
      return 0;
    }
    switch (part) {
      case PAGE -> {
        FileEntry file = onlyFile(whole.text());
        assertThat(file.filename()).isEqualTo(wheel.filename());
        assertThat(file.hashes()).containsEntry("sha256", wheel.sha256());
        assertThat(file.size()).isEqualTo(wheel.size());
      }
      case FILE -> assertThat(whole.sha256()).isEqualTo(wheel.sha256());
      case METADATA -> assertThat(whole.text()).isEqualTo(wheel.metadata());
    }
    return 1;
  }

  private static FileEntry onlyFile(String page) {
    try {
      List<FileEntry> files =
          SimpleJson.parsePage(
                  new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                  PageLimits.ofProject())
              .files();
      assertThat(files).hasSize(1);
      return files.getFirst();
    } catch (MalformedPageException | IOException e) {
      throw new AssertionError("no page: " + page, e);
    }
  }

  private String path(Wheel wheel) {
    return "files" + upstream.filePath(wheel.filename());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(house.resolve(path))
        .header("Accept", FakeIndex.JSON)
        .timeout(Duration.ofSeconds(60));
  }

  private Got ask(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Got.Whole(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(""),
          Wheel.sha256(answer.body()),
          answer.body().length > 1 << 20
              ? "long"
              : new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Got.Broken(String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
