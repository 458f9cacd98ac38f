package dev.wellhead.server.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Gets what lies at URLs, into files that are removed again or into memory.
final class Downloads {
  private static final int BUFFER = 1 << 16;
  private static final long MOST = 8L << 30;

  private final Fetcher fetcher;
  private final Path scratch;

  /// @param scratch a folder for files that do not last, which is made where it is missing
  Downloads(Fetcher fetcher, Path scratch) {
    this.fetcher = fetcher;
    this.scratch = scratch;
  }

  /// What is asked of a body.
  interface Reading<T> {
    T read(InputStream body) throws FeedRefusedException, IOException;
  }

  /// What `reading` makes of the body at `url`; null where there is nothing.
  <T> @org.jspecify.annotations.Nullable T read(URI url, Reading<T> reading)
      throws FeedRefusedException {
    switch (fetcher.fetch(url)) {
      case Fetcher.Answer.Absent _ -> {
        return null;
      }
      case Fetcher.Answer.Failed(String why) -> throw new FeedRefusedException(why);
      case Fetcher.Answer.Open(InputStream body, long _) -> {
        try (body) {
          return reading.read(body);
        } catch (IOException e) {
          throw new FeedRefusedException(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /// A file with what lies at `url`, to be removed by the caller.
  Path file(URI url, String name) throws FeedRefusedException, IOException {
    Files.createDirectories(scratch);
    Path file = scratch.resolve(name + ".part");
    Boolean came = read(url, body -> save(body, file));
    if (came == null) {
      throw new FeedRefusedException("There is nothing at " + url + " (404).");
    }
    return file;
  }

  private static boolean save(InputStream body, Path file)
      throws FeedRefusedException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long length = 0;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        length += read;
        if (length > MOST) {
          throw new FeedRefusedException("It has more than " + MOST + " bytes.");
        }
        out.write(buffer, 0, read);
      }
    }
    return true;
  }
}
