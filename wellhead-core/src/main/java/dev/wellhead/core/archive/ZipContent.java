package dev.wellhead.core.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The content of entries of a ZIP file, compared with what its directory states.
final class ZipContent {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_LENGTH = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int CHUNK = 1 << 16;

  private ZipContent() {}

  /// The bytes of one entry of at most `longest` bytes.
  static byte[] read(SeekableByteChannel zip, ZipEntryHeader entry, int longest)
      throws UnreadableArchiveException, IOException {
    if (entry.size() > longest || entry.compressedSize() > longest) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(entry.name())
              + " is larger than "
              + longest
              + " bytes, which no such file needs");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.size());
    unpack(zip, entry, bytes::put);
    return bytes.array();
  }

  /// Unpacks every entry and keeps nothing.
  static void tryOut(SeekableByteChannel zip, List<ZipEntryHeader> entries)
      throws UnreadableArchiveException, IOException {
    List<ZipEntryHeader> ordered =
        entries.stream().sorted(Comparator.comparingLong(ZipEntryHeader::offset)).toList();
    long free = 0;
    for (ZipEntryHeader entry : ordered) {
      if (entry.offset() < free) {
        throw new UnreadableArchiveException(
            ArchivePath.shown(entry.name()) + " lies over the entry before it");
      }
      free = unpack(zip, entry, (_, _, _) -> {});
    }
  }

  private interface Sink {
    void take(byte[] bytes, int from, int count);
  }

  /// Gives the place behind the entry's data.
  private static long unpack(SeekableByteChannel zip, ZipEntryHeader entry, Sink sink)
      throws UnreadableArchiveException, IOException {
    long start = dataStart(zip, entry);
    if (entry.compressedSize() > zip.size() - start) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(entry.name()) + " is said to go on behind the end of the file");
    }
    CRC32 crc = new CRC32();
    long size =
        switch (entry.method()) {
          case STORED -> copy(zip, entry, start, crc, sink);
          case DEFLATED -> inflate(zip, entry, start, crc, sink);
          default ->
              throw new UnreadableArchiveException(
                  ArchivePath.shown(entry.name())
                      + " is packed by method "
                      + entry.method()
                      + ", not by deflate");
        };
    if (size != entry.size() || crc.getValue() != entry.crc()) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(entry.name()) + " does not fit its stated size or checksum");
    }
    return start + entry.compressedSize();
  }

  private static long dataStart(SeekableByteChannel zip, ZipEntryHeader entry)
      throws UnreadableArchiveException, IOException {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    ByteBuffer header = ZipDirectory.readAt(zip, entry.offset(), LOCAL_HEADER_LENGTH + name.length);
    if (header.getInt(0) != LOCAL_HEADER) {
      throw new UnreadableArchiveException(
          "no entry where the directory says that " + ArchivePath.shown(entry.name()) + " is");
    }
    int nameLength = Short.toUnsignedInt(header.getShort(26));
    ByteBuffer local = header.slice(LOCAL_HEADER_LENGTH, name.length);
    if (nameLength != name.length || !local.equals(ByteBuffer.wrap(name))) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(entry.name()) + " has another name where its data lies");
    }
    return entry.offset()
        + LOCAL_HEADER_LENGTH
        + nameLength
        + Short.toUnsignedInt(header.getShort(28));
  }

  private static long copy(
      SeekableByteChannel zip, ZipEntryHeader entry, long start, CRC32 crc, Sink sink)
      throws UnreadableArchiveException, IOException {
    for (long done = 0; done < entry.compressedSize(); ) {
      int count = (int) Math.min(CHUNK, entry.compressedSize() - done);
      byte[] chunk = ZipDirectory.readAt(zip, start + done, count).array();
      if (done + count > entry.size()) {
        return done + count;
      }
      crc.update(chunk, 0, count);
      sink.take(chunk, 0, count);
      done += count;
    }
    return entry.compressedSize();
  }

  private static long inflate(
      SeekableByteChannel zip, ZipEntryHeader entry, long start, CRC32 crc, Sink sink)
      throws UnreadableArchiveException, IOException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] unpacked = new byte[CHUNK];
      long size = 0;
      long taken = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int count = (int) Math.min(CHUNK, entry.compressedSize() - taken);
          if (count == 0) {
            return -1;
          }
          inflater.setInput(ZipDirectory.readAt(zip, start + taken, count).array());
          taken += count;
        }
        int read = inflater.inflate(unpacked);
        size += read;
        if (size > entry.size() || inflater.needsDictionary()) {
          return -1;
        }
        crc.update(unpacked, 0, read);
        sink.take(unpacked, 0, read);
      }
      return taken == entry.compressedSize() && inflater.getRemaining() == 0 ? size : -1;
    } catch (DataFormatException e) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(entry.name()) + " is not valid deflate data");
    } finally {
      inflater.end();
    }
  }
}
