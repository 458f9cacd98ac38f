package dev.wellhead.server.release;

import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The way of one file out of a folder: read once, into a file of ours; what is examined is that
/// one, so that nobody can change it in between.
///
/// @param hosted the identity of the hosted file of this name, or null where there is none
record FolderFile(FoundFile file, @Nullable String hosted, ImportGround ground)
    implements Callable<Done> {
  private static final int CHUNK = 1 << 17;

  /// What reading the file in the folder came to; an exception is of our own side.
  private interface Sink {
    void take(ByteBuffer bytes) throws IOException;
  }

  @Override
  public Done call() throws DatabaseFault, IOException {
    if (hosted != null) {
      return compared(hosted);
    }
    return ground.isDry() ? looked() : taken();
  }

  /// The SHA-256 of a file, and why it cannot be told; one of the two is null.
  record Digest(@Nullable Sha256 sha256, @Nullable String why, boolean wasRead) {}

  /// The digest of a file in the folder, remembered or read.
  static Digest digest(FoundFile file, ImportGround ground) throws DatabaseFault, IOException {
    Optional<Sha256> remembered =
        ground.database().read(tx -> ImportMemory.recall(tx, place(file), file.stamp()));
    if (remembered.isPresent()) {
      return new Digest(remembered.get(), null, false);
    }
    MessageDigest digest = StatedHashes.digest("SHA-256");
    String fault = read(file, digest::update);
    return fault == null
        ? new Digest(Sha256.of(digest.digest()), null, true)
        : new Digest(null, fault, true);
  }

  private Done compared(String identity) throws DatabaseFault, IOException {
    Digest digest = digest(file, ground);
    Sha256 own = digest.sha256();
    if (own == null) {
      return refused(String.valueOf(digest.why()));
    }
    return own.hex().equals(identity)
        ? new Done.Here(file.place(), file.size(), digest.wasRead() ? reading(own) : null)
        : refused(Conveyor.taken(identity, own));
  }

  private Done looked() throws DatabaseFault, IOException {
    Digest digest = digest(file, ground);
    Sha256 own = digest.sha256();
    if (own == null) {
      return refused(String.valueOf(digest.why()));
    }
    try (FileChannel bytes = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      return done(ground.intake().examine(Claim.of(file.filename()), own, bytes));
    } catch (IOException e) {
      return refused(unreadable(e));
    }
  }

  private Done taken() throws IOException {
    try (Incoming incoming = ground.blobs().receive()) {
      String fault = read(file, incoming::write);
      if (fault != null) {
        return refused(fault);
      }
      Examined examined = ground.intake().examine(Claim.of(file.filename()), incoming);
      if (examined instanceof Examined.Accepted accepted) {
        Intake.keep(ground.blobs(), incoming, accepted);
      }
      return done(examined);
    }
  }

  private Done done(Examined examined) {
    return switch (examined) {
      case Examined.Refused refused ->
          new Done.Refused(file.place(), file.size(), refused.reasons());
      case Examined.Accepted accepted ->
          new Done.Ready(
              file.place(),
              file.size(),
              new HostedProjects.Arriving(
                  accepted.project(),
                  accepted.entry(new UploadTime.Unstated(), new Yank.Not()),
                  ProjectStatus.ACTIVE),
              reading(accepted.sha256()),
              true);
    };
  }

  private Done refused(String why) {
    return new Done.Refused(file.place(), file.size(), why);
  }

  private ImportMemory.Reading reading(Sha256 sha256) {
    return new ImportMemory.Reading(place(file), file.stamp(), sha256);
  }

  private static String place(FoundFile file) {
    return file.path().toString();
  }

  /// Reads the whole file, and says what went wrong with it; null where all went well.
  private static @Nullable String read(FoundFile file, Sink sink) throws IOException {
    Path path = file.path();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    long length = 0;
    try (FileChannel from = opened(path)) {
      while (true) {
        int read;
        try {
          read = from.read(buffer.clear());
        } catch (IOException e) {
          return unreadable(e);
        }
        if (read < 0) {
          break;
        }
        length += read;
        sink.take(buffer.flip());
      }
    } catch (CannotOpen e) {
      return unreadable(e.why());
    }
    try {
      return length == file.size() && file.isUnchanged()
          ? null
          : "It was changed while it was read: import it again when nobody writes to it.";
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /// Tells a file that cannot be opened from a disk of ours that fails.
  private static final class CannotOpen extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException why;

    CannotOpen(IOException why) {
      super(why);
      this.why = why;
    }

    IOException why() {
      return why;
    }
  }

  private static FileChannel opened(Path path) throws CannotOpen {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new CannotOpen(e);
    }
  }

  static String unreadable(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "It is not there any more.";
      case AccessDeniedException _ -> "It may not be read by the user that runs this.";
      default -> "It could not be read: " + e.getMessage() + ".";
    };
  }
}
