package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.ProjectName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads METADATA out of a wheel without reading the rest of it.
///
/// It asks for the end of the file, the central directory and one entry, so that a channel over
/// range requests costs a few kilobytes for a wheel of any size.
public final class WheelMetadata {
  /// Real METADATA with a long description stays below 1 MB.
  static final int LONGEST = 8 << 20;

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int LOCAL_HEADER_LENGTH = 30;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private WheelMetadata() {}

  /// The bytes of the one `*.dist-info/METADATA` (PEP 427) of a wheel of `project`.
  ///
  /// @throws UnreadableArchiveException where it is no ZIP file, has no such entry or more than
  ///   one, or breaks a limit
  public static byte[] read(SeekableByteChannel wheel, ProjectName project)
      throws UnreadableArchiveException, IOException {
    List<ZipEntryHeader> found =
        ZipDirectory.entries(wheel).stream().filter(entry -> isMetadata(entry, project)).toList();
    if (found.size() != 1) {
      throw new UnreadableArchiveException(
          "a wheel has one *.dist-info/METADATA of its project, this one has " + found.size());
    }
    return content(wheel, found.getFirst());
  }

  private static boolean isMetadata(ZipEntryHeader entry, ProjectName project) {
    String folder = ".dist-info/METADATA";
    if (!entry.name().endsWith(folder) || entry.name().indexOf('/') != entry.name().length() - 9) {
      return false;
    }
    String stem = entry.name().substring(0, entry.name().length() - folder.length());
    int dash = stem.indexOf('-');
    return dash > 0 && ProjectName.of(stem.substring(0, dash)).equals(Optional.of(project));
  }

  private static byte[] content(SeekableByteChannel wheel, ZipEntryHeader entry)
      throws UnreadableArchiveException, IOException {
    if (entry.size() > LONGEST || entry.compressedSize() > LONGEST) {
      throw new UnreadableArchiveException(
          entry.name() + " is larger than " + LONGEST + " bytes, which no METADATA needs");
    }
    ByteBuffer header = ZipDirectory.readAt(wheel, entry.offset(), LOCAL_HEADER_LENGTH);
    if (header.getInt(0) != LOCAL_HEADER) {
      throw new UnreadableArchiveException("no entry where the directory says that METADATA is");
    }
    int skip =
        LOCAL_HEADER_LENGTH
            + Short.toUnsignedInt(header.getShort(26))
            + Short.toUnsignedInt(header.getShort(28));
    byte[] packed = new byte[(int) entry.compressedSize()];
    ZipDirectory.readAt(wheel, entry.offset() + skip, packed.length).get(packed);
    byte[] bytes =
        switch (entry.method()) {
          case STORED -> packed;
          case DEFLATED -> inflate(packed, (int) entry.size(), entry.name());
          default ->
              throw new UnreadableArchiveException(
                  entry.name() + " is packed by method " + entry.method() + ", not by deflate");
        };
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (bytes.length != entry.size() || crc.getValue() != entry.crc()) {
      throw new UnreadableArchiveException(entry.name() + " does not fit its stated size or CRC");
    }
    return bytes;
  }

  private static byte[] inflate(byte[] packed, int size, String name)
      throws UnreadableArchiveException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      byte[] bytes = new byte[size];
      int at = 0;
      while (at < size) {
        int read = inflater.inflate(bytes, at, size - at);
        if (read == 0) {
          break;
        }
        at += read;
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (at != size || more || !inflater.finished()) {
        throw new UnreadableArchiveException(name + " does not unpack to its stated size");
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new UnreadableArchiveException(name + " is not valid deflate data");
    } finally {
      inflater.end();
    }
  }
}
