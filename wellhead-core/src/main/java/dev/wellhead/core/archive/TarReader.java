package dev.wellhead.core.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar file entry by entry: ustar and pax (POSIX.1-2024, pax) and GNU's long names.
///
/// Devices, sparse files and whatever else no source distribution needs are refused, as is anything
/// that two readers could read in two ways: a wrong checksum, a header that renames all that
/// follow, bytes behind the end.
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 64 << 10;
  private static final int LONGEST_PAX = 1 << 20;

  private final InputStream tar;
  private final byte[] block = new byte[BLOCK];
  private long left;
  private int padding;

  /// @param tar the unpacked bytes; it counts them and ends what is too long
  TarReader(InputStream tar) {
    this.tar = tar;
  }

  /// The next entry, or null behind the last one; what was left of the content before is passed
  /// over.
  @Nullable TarEntry next() throws UnreadableArchiveException, IOException {
    tar.skipNBytes(left + padding);
    left = 0;
    padding = 0;
    Map<String, String> pax = Map.of();
    String longPath = "";
    String longTarget = "";
    while (readHeader()) {
      long size = number(124, 12);
      char type = (char) (block[156] & 0xff);
      switch (type) {
        case 'x' -> pax = PaxHeader.read(content(size, LONGEST_PAX));
        case 'g' -> PaxHeader.requireNoRenaming(PaxHeader.read(content(size, LONGEST_PAX)));
        case 'L' -> longPath = longName(size);
        case 'K' -> longTarget = longName(size);
        default -> {
          String path = pax.getOrDefault("path", longPath.isEmpty() ? path() : longPath);
          String target =
              pax.getOrDefault("linkpath", longTarget.isEmpty() ? text(157, 100) : longTarget);
          return entry(type, path, target, PaxHeader.size(pax, size));
        }
      }
    }
    requireNothingBehind();
    return null;
  }

  /// The content of the entry that [#next()] gave.
  byte[] content(int longest, TarEntry entry) throws UnreadableArchiveException, IOException {
    byte[] bytes = content(entry.size(), longest);
    left = 0;
    padding = 0;
    return bytes;
  }

  private TarEntry entry(char type, String path, String target, long size)
      throws UnreadableArchiveException {
    TarEntry.Kind kind =
        switch (type) {
          case '0', '7', '\0' -> path.endsWith("/") ? TarEntry.Kind.FOLDER : TarEntry.Kind.FILE;
          case '5' -> TarEntry.Kind.FOLDER;
          case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
          case '1' -> TarEntry.Kind.HARD_LINK;
          case '3', '4', '6' ->
              throw new UnreadableArchiveException(
                  ArchivePath.shown(path) + " in it is a device, which no distribution has");
          case 'S' -> throw PaxHeader.sparse(path);
          default ->
              throw new UnreadableArchiveException(
                  ArchivePath.shown(path) + " in it is neither file nor folder nor link");
        };
    if (size < 0 || (kind != TarEntry.Kind.FILE && size != 0)) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(path) + " in it has a size that its kind cannot have");
    }
    left = size;
    padding = padding(size);
    boolean link = kind == TarEntry.Kind.SYMBOLIC_LINK || kind == TarEntry.Kind.HARD_LINK;
    return new TarEntry(kind, path, size, link ? target : "");
  }

  /// False at the block of zeros that ends the archive.
  private boolean readHeader() throws UnreadableArchiveException, IOException {
    if (tar.readNBytes(block, 0, BLOCK) < BLOCK) {
      throw new UnreadableArchiveException("the tar file in it ends early");
    }
    long sum = 0;
    boolean empty = true;
    for (int i = 0; i < BLOCK; i++) {
      boolean isSum = i >= 148 && i < 156;
      sum += isSum ? ' ' : block[i] & 0xff;
      empty &= block[i] == 0;
    }
    if (empty) {
      return false;
    }
    if (sum != number(148, 8)) {
      throw new UnreadableArchiveException(
          "it is no tar file, or one of its headers is damaged: its checksum does not fit");
    }
    return true;
  }

  private void requireNothingBehind() throws UnreadableArchiveException, IOException {
    byte[] rest = new byte[BLOCK];
    int read;
    while ((read = tar.readNBytes(rest, 0, BLOCK)) > 0) {
      for (int i = 0; i < read; i++) {
        if (rest[i] != 0) {
          throw new UnreadableArchiveException("there are bytes behind the end of the tar file");
        }
      }
    }
  }

  private byte[] content(long size, int longest) throws UnreadableArchiveException, IOException {
    if (size < 0 || size > longest) {
      throw new UnreadableArchiveException(
          "it holds " + size + " bytes where at most " + longest + " belong");
    }
    byte[] bytes = tar.readNBytes((int) size);
    if (bytes.length < size) {
      throw new UnreadableArchiveException("the tar file in it ends early");
    }
    tar.skipNBytes(padding(size));
    return bytes;
  }

  private String longName(long size) throws UnreadableArchiveException, IOException {
    byte[] bytes = content(size, LONGEST_NAME);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private String path() {
    boolean ustar = text(257, 5).equals("ustar") && block[262] == 0;
    String prefix = ustar ? text(345, 155) : "";
    return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  /// Octal digits, or GNU's binary where the first bit is set.
  private long number(int at, int length) throws UnreadableArchiveException {
    if ((block[at] & 0x80) != 0) {
      boolean small = block[at] == (byte) 0x80;
      long value = 0;
      for (int i = at + 1; i < at + length; i++) {
        small &= i >= at + length - 8 || block[i] == 0;
        value = value << 8 | (block[i] & 0xff);
      }
      if (!small || value < 0) {
        throw wrongNumber();
      }
      return value;
    }
    String digits =
        new String(Arrays.copyOfRange(block, at, at + length), StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 8);
      if (digit < 0) {
        throw wrongNumber();
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private static UnreadableArchiveException wrongNumber() {
    return new UnreadableArchiveException("a tar header in it has a number that is none");
  }

  private static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }
}
