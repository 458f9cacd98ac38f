package dev.wellhead.server.release;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.Parse;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.upstream.FileAnswer;
import dev.wellhead.server.upstream.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The way of one file out of another index.
///
/// @param page what is imported with it
/// @param hosted the identity of the hosted file of this name, or null where there is none
record IndexFile(Page page, FileEntry entry, @Nullable String hosted, ImportGround ground)
    implements Callable<Done> {
  private static final int CHUNK = 1 << 16;

  /// The page that lists it.
  record Page(Upstream upstream, ProjectName project, ProjectStatus status, Reach reach) {}

  @Override
  public Done call() throws DatabaseFault, IOException {
    String stated = entry.sha256().map(Sha256::hex).orElse(null);
    if (hosted != null && stated != null) {
      return hosted.equals(stated)
          ? new Done.Here(place(), size(), null)
          : refused(Conveyor.taken(hosted, new Sha256(stated)));
    }
    if (hosted != null && isRemembered(hosted)) {
      return new Done.Here(place(), size(), null);
    }
    if (ground.isDry()) {
      return planned();
    }
    if (page.reach().isLost()) {
      return refused("It was not asked for, since the index does not answer any more.");
    }
    return taken();
  }

  /// A dry run fetches nothing: it says what would be fetched.
  private Done planned() {
    return DistributionFilename.parse(entry.filename()) instanceof Parse.Invalid<?>(String why)
        ? refused(why)
        : new Done.Ready(
            place(),
            size(),
            new HostedProjects.Arriving(page.project(), entry, page.status()),
            null,
            StatedHashes.canCompare(entry.hashes()));
  }

  /// A page without digests says of no file that it is another one; where its URL was read before,
  /// the bytes of then count.
  private boolean isRemembered(String identity) throws DatabaseFault {
    Optional<Sha256> remembered =
        ground.database().read(tx -> ImportMemory.recall(tx, entry.url(), ""));
    return remembered.isPresent() && remembered.get().hex().equals(identity);
  }

  private Done taken() throws IOException {
    try (Incoming incoming = ground.blobs().receive()) {
      String fault = fetched(incoming);
      if (fault != null) {
        return refused(fault);
      }
      Examined examined =
          ground
              .intake()
              .examine(
                  new Claim(entry.filename(), page.project(), entry.hashes(), entry.size()),
                  incoming);
      return switch (examined) {
        case Examined.Refused refused -> new Done.Refused(place(), size(), refused.reasons());
        case Examined.Accepted accepted -> kept(incoming, accepted);
      };
    }
  }

  private Done kept(Incoming incoming, Examined.Accepted accepted) throws IOException {
    ImportMemory.Reading reading =
        entry.sha256().isPresent()
            ? null
            : new ImportMemory.Reading(entry.url(), "", accepted.sha256());
    if (hosted != null) {
      return hosted.equals(accepted.sha256().hex())
          ? new Done.Here(place(), accepted.size(), reading)
          : refused(Conveyor.taken(hosted, accepted.sha256()));
    }
    Intake.keep(ground.blobs(), incoming, accepted);
    return new Done.Ready(
        place(),
        accepted.size(),
        new HostedProjects.Arriving(
            page.project(), accepted.entry(uploaded(), entry.yank()), page.status()),
        reading,
        StatedHashes.canCompare(entry.hashes()));
  }

  /// What another index saw first is the best that is known of the time.
  private UploadTime uploaded() {
    return entry.uploadTime() instanceof UploadTime.FirstSeen(var at)
        ? new UploadTime.Stated(at)
        : entry.uploadTime();
  }

  /// Writes the bytes to `incoming`: those that are kept here under the stated digest, else from
  /// the index. Says what went wrong at the index, or null.
  private @Nullable String fetched(Incoming incoming) throws IOException {
    Optional<Sha256> stated = entry.sha256();
    Optional<Blob> here = stated.isPresent() ? ground.blobs().find(stated.get()) : Optional.empty();
    if (here.isPresent()) {
      try (InputStream bytes = Files.newInputStream(here.get().path())) {
        return copied(bytes, incoming);
      }
    }
    long size = entry.size() == null ? -1 : entry.size();
    return switch (page.upstream().file(URI.create(entry.url()), size)) {
      case FileAnswer.Open(InputStream body, long _) -> {
        page.reach().answered();
        try (body) {
          yield copied(body, incoming);
        }
      }
      case FileAnswer.Absent(int status) ->
          "The index lists it and does not have it: it answered " + status + ".";
      case FileAnswer.Refused(String why) -> Reach.inWords(why);
      case FileAnswer.Unreachable(String why, var _) -> {
        page.reach().failed();
        yield Reach.inWords(why);
      }
    };
  }

  private @Nullable String copied(InputStream body, Incoming incoming) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (true) {
      int read;
      try {
        read = body.read(chunk);
      } catch (IOException e) {
        return "It broke off after " + incoming.length() + " bytes: " + e.getMessage();
      }
      if (read < 0) {
        return null;
      }
      incoming.write(ByteBuffer.wrap(chunk, 0, read));
      if (entry.size() != null && incoming.length() > entry.size()) {
        return "It is longer than the " + entry.size() + " bytes that are stated for it.";
      }
    }
  }

  private Done refused(String why) {
    return new Done.Refused(place(), size(), why);
  }

  private String place() {
    return page.project() + "/" + entry.filename();
  }

  private long size() {
    return entry.size() == null ? 0 : entry.size();
  }
}
