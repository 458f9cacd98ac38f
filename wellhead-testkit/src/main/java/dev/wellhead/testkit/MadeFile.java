package dev.wellhead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Distribution files made to order, which real installers install: small, and the same bytes for
/// the same order every time.
///
/// What is inside follows from the file name: one module named after the project, with
/// `__version__`. An sdist brings its own build back end, so that building it needs no index.
public final class MadeFile {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int TAR_BLOCK = 512;

  /// 2000-01-01: what is older than 1980 cannot be zipped again.
  private static final long TAR_TIME = 946_684_800;

  private MadeFile() {}

  /// A wheel with these further metadata lines, such as `Requires-Dist: six`.
  public static byte[] wheel(String filename, String... metadata) {
    return zip(wheelEntries(filename, List.of(metadata)), 0, 0);
  }

  /// The same padded to exactly `size` bytes with what `new SplittableRandom(seed)` gives.
  ///
  /// @throws IllegalArgumentException when the wheel is larger than that by itself
  public static byte[] wheelOfSize(String filename, int size, long seed, String... metadata) {
    Map<String, byte[]> entries = wheelEntries(filename, List.of(metadata));
    int bare = zip(entries, 1, seed).length - 1;
    if (size <= bare) {
      throw new IllegalArgumentException(
          filename + " is larger than " + size + " bytes without padding");
    }
    return zip(entries, size - bare, seed);
  }

  /// An sdist, `NAME-VERSION.tar.gz`, with these further metadata lines.
  public static byte[] sdist(String filename, String... metadata) {
    String stem = filename.replaceFirst("\\.tar\\.gz$", "");
    String name = stem.substring(0, stem.lastIndexOf('-'));
    String version = stem.substring(name.length() + 1);
    String wheel = name + "-" + version + "-py3-none-any.whl";
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(stem + "/PKG-INFO", utf8(metadataText(name, version, List.of(metadata))));
    entries.put(
        stem + "/pyproject.toml",
        utf8(
            """
            [build-system]
            requires = []
            build-backend = "own_backend"
            backend-path = ["."]
            """));
    entries.put(stem + "/own_backend.py", utf8(backend(wheel, name, version)));
    entries.put(stem + "/" + module(name) + ".py", utf8("__version__ = \"" + version + "\"\n"));
    return tarGz(entries);
  }

  private static String backend(String wheel, String name, String version) {
    return String.format(
        Locale.ROOT,
        """
        import pathlib, shutil, zipfile
        INFO = "%2$s-%3$s.dist-info"
        def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
            with zipfile.ZipFile(pathlib.Path(wheel_directory) / "%1$s", "w") as out:
                out.write("%4$s.py")
                out.write("PKG-INFO", INFO + "/METADATA")
                out.writestr(INFO + "/WHEEL", "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                out.writestr(INFO + "/RECORD", "%4$s.py,,\\n" + INFO + "/METADATA,,\\n" + INFO + "/WHEEL,,\\n" + INFO + "/RECORD,,\\n")
            return "%1$s"
        def build_sdist(sdist_directory, config_settings=None):
            raise NotImplementedError("this is one already")
        """,
        wheel,
        name,
        version,
        module(name));
  }

  private static Map<String, byte[]> wheelEntries(String filename, List<String> metadata) {
    List<String> parts = List.of(filename.replaceFirst("\\.whl$", "").split("-", -1));
    if (parts.size() < 5 || !filename.endsWith(".whl")) {
      throw new IllegalArgumentException("not a wheel's file name: " + filename);
    }
    String name = parts.get(0);
    String version = parts.get(1);
    String tag = String.join("-", parts.subList(parts.size() - 3, parts.size()));
    String info = name + "-" + version + ".dist-info";
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(module(name) + ".py", utf8("__version__ = \"" + version + "\"\n"));
    entries.put(info + "/METADATA", utf8(metadataText(name, version, metadata)));
    entries.put(
        info + "/WHEEL",
        utf8("Wheel-Version: 1.0\nGenerator: made\nRoot-Is-Purelib: true\nTag: " + tag + "\n"));
    StringBuilder record = new StringBuilder();
    entries.forEach((path, bytes) ->
        record
            .append(path)
            .append(',')
            .append(hash(bytes))
            .append(',')
            .append(bytes.length)
            .append('\n'));
    entries.put(info + "/RECORD", utf8(record + info + "/RECORD,,\n"));
    return entries;
  }

  private static String metadataText(String name, String version, List<String> metadata) {
    StringBuilder out = new StringBuilder("Metadata-Version: 2.2\n");
    out.append("Name: ").append(name).append("\nVersion: ").append(version).append('\n');
    metadata.forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static String module(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  private static byte[] zip(Map<String, byte[]> entries, int padding, long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      if (padding > 0) {
        byte[] pad = new byte[padding];
        new SplittableRandom(seed).nextBytes(pad);
        store(zip, "padding.bin", pad);
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        store(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(path);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] tarGz(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] bytes = entry.getValue();
        gzip.write(tarHeader(entry.getKey(), bytes.length));
        gzip.write(bytes);
        gzip.write(new byte[(TAR_BLOCK - bytes.length % TAR_BLOCK) % TAR_BLOCK]);
      }
      gzip.write(new byte[2 * TAR_BLOCK]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A ustar header: name, mode, owner, size and time in octal, and the sum over the block.
  private static byte[] tarHeader(String path, int size) {
    byte[] header = new byte[TAR_BLOCK];
    put(header, 0, path);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(header, 136, String.format(Locale.ROOT, "%011o\0", TAR_TIME));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = utf8(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String hash(byte[] bytes) {
    return "sha256="
        + Base64.getUrlEncoder().withoutPadding().encodeToString(FakeFile.sha256().digest(bytes));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
