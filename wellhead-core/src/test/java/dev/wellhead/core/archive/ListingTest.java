package dev.wellhead.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListingTest {
  private static final String WHEEL = "spring-1.0-py3-none-any.whl";
  private static final String SDIST = "spring-1.0.tar.gz";
  private static final String METADATA = "Metadata-Version: 2.1\nName: spring\nVersion: 1.0\n";
  private static final String DIGEST = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  @TempDir Path temp;

  @Test
  void a_wheel_lists_its_files_with_what_record_says_its_metadata_and_its_entry_points()
      throws Exception {
    Map<String, String> entries = wheel();
    entries.put("spring/", "");
    entries.put("spring/it, \"quoted\".py", "");
    entries.put(
        "spring-1.0.dist-info/entry_points.txt",
        "# tools\n[console_scripts]\nspring = spring.cli:main [extra]\n; no more\n");
    entries.put(
        "spring-1.0.dist-info/RECORD",
        "\"spring/it, \"\"quoted\"\".py\",sha256=" + DIGEST + ",0\r\nspring.py,md5=x,1\nodd\n");
    Listing listing = read(WHEEL, MadeArchive.zip(entries));

    assertThat(listing.files())
        .containsExactly(
            new ListedFile("spring.py", 2, null),
            new ListedFile("spring-1.0.dist-info/METADATA", METADATA.length(), null),
            new ListedFile(
                "spring/it, \"quoted\".py",
                0,
                new Sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
            new ListedFile(
                "spring-1.0.dist-info/entry_points.txt",
                entries.get("spring-1.0.dist-info/entry_points.txt").length(),
                null),
            new ListedFile(
                "spring-1.0.dist-info/RECORD",
                entries.get("spring-1.0.dist-info/RECORD").length(),
                null));
    assertThat(listing.entryPoints())
        .containsExactly(new EntryPoint("console_scripts", "spring", "spring.cli:main [extra]"));
    assertThat(listing.metadata().name()).isEqualTo(Optional.of("spring"));
    assertThat(listing.metadataFile()).isEqualTo(METADATA.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_source_distribution_lists_its_files_and_has_its_pkg_info() throws Exception {
    byte[] right =
        MadeArchive.tar()
            .entry('g', "pax_global_header", "", utf8("16 comment=abcd\n"))
            .link('5', "./spring-1.0/", "")
            .file("spring-1.0/PKG-INFO", METADATA)
            .entry('L', "././@LongLink", "", utf8("spring-1.0/" + "a".repeat(120) + "\0"))
            .file("spring-1.0/aaaa", "12345")
            .entry('x', "PaxHeaders/b", "", utf8("21 path=spring-1.0/b\n"))
            .file("short", "1")
            .link('2', "spring-1.0/sub/link", "../b")
            .link('1', "spring-1.0/hard", "spring-1.0/b")
            .gzipped();
    Listing listing = read(SDIST, right);

    assertThat(listing.files())
        .containsExactly(
            new ListedFile("spring-1.0/PKG-INFO", METADATA.length(), null),
            new ListedFile("spring-1.0/" + "a".repeat(120), 5, null),
            new ListedFile("spring-1.0/b", 1, null),
            new ListedFile("spring-1.0/sub/link", 0, null),
            new ListedFile("spring-1.0/hard", 0, null));
    assertThat(listing.metadata().version()).isEqualTo(Optional.of("1.0"));
    assertThat(listing.entryPoints()).isEmpty();
  }

  @Test
  void a_source_distribution_may_be_a_zip_file() throws Exception {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("spring-1.0/setup.py", "");
    entries.put("spring-1.0/PKG-INFO", METADATA);

    assertThat(read("spring-1.0.zip", MadeArchive.zip(entries)).files())
        .containsExactly(
            new ListedFile("spring-1.0/setup.py", 0, null),
            new ListedFile("spring-1.0/PKG-INFO", METADATA.length(), null));
  }

  @Test
  void a_wheel_of_another_release_or_with_two_dist_infos_is_refused_with_a_sentence()
      throws Exception {
    refused(
        "spring-2.0-py3-none-any.whl", MadeArchive.zip(wheel()), "another release than spring 2.0");
    refused(
        "autumn-1.0-py3-none-any.whl", MadeArchive.zip(wheel()), "another release than autumn 1.0");
    Map<String, String> two = wheel();
    two.put("other-1.0.dist-info/METADATA", "");
    refused(WHEEL, MadeArchive.zip(two), "this one has 2");
    refused(WHEEL, MadeArchive.zip(Map.of("spring.py", "")), "this one has 0");
    refused(WHEEL, MadeArchive.zip(Map.of("spring-1.0.dist-info/WHEEL", "")), "no METADATA");
    refused(WHEEL, utf8("no archive at all"), "no ZIP file");
  }

  @Test
  void a_path_that_leads_outside_is_refused_wherever_it_lies() throws Exception {
    for (String path :
        List.of("../x", "/etc/x", "a/../../x", "C:x", "a\\..\\x", "a//x", "a/./x", "a\u0001x")) {
      Map<String, String> entries = wheel();
      entries.put(path, "");
      refused(WHEEL, MadeArchive.zip(entries), "the path ");
      byte[] tar = MadeArchive.tar().file("spring-1.0/PKG-INFO", METADATA).file(path, "").gzipped();
      refused(SDIST, tar, path.equals("../x") ? "the path " : "");
    }
    byte[] deep = sdist().file("spring-1.0/a/b/c/x", "").gzipped();
    assertThatThrownBy(() -> read(SDIST, deep, new ReadingLimits(10, 3, 1 << 20, 100)))
        .hasMessageContaining("below more than 3 folders");
  }

  @Test
  void what_no_source_distribution_needs_is_refused() throws Exception {
    refused(
        SDIST, sdist().link('2', "spring-1.0/x", "../../etc/passwd").gzipped(), "leads outside");
    refused(SDIST, sdist().link('2', "spring-1.0/x", "/etc/passwd").gzipped(), "leads outside");
    refused(SDIST, sdist().link('1', "spring-1.0/x", "other/x").gzipped(), "leads outside");
    refused(SDIST, sdist().link('3', "spring-1.0/x", "").gzipped(), "a device");
    refused(SDIST, sdist().link('6', "spring-1.0/x", "").gzipped(), "a device");
    refused(SDIST, sdist().link('S', "spring-1.0/x", "").gzipped(), "sparse");
    refused(SDIST, sdist().link('Q', "spring-1.0/x", "").gzipped(), "neither file");
    refused(SDIST, sdist().file("second/x", "").gzipped(), "one folder at its top");
    refused(SDIST, sdist().file("spring-1.0/PKG-INFO", "").gzipped(), "twice");
    refused(SDIST, MadeArchive.tar().file("spring-1.0/x", "").gzipped(), "no PKG-INFO");
    byte[] all = utf8("15 path=spring\n");
    refused(SDIST, sdist().entry('g', "g", "", all).gzipped(), "all files one path");
  }

  @Test
  void a_damaged_or_cut_archive_is_refused() throws Exception {
    byte[] tar = sdist().file("spring-1.0/x", "1".repeat(5000)).gzipped();
    refused(SDIST, Arrays.copyOf(tar, tar.length - 20), "cut off");
    byte[] flipped = tar.clone();
    flipped[tar.length / 2] ^= 1;
    refused(SDIST, flipped, "");
    refused(SDIST, sdist().gzippedAsItIs(), "ends early");
    refused(
        SDIST,
        sdist().bytes(new byte[1024]).file("spring-1.0/behind", "").gzipped(),
        "behind the end");

    byte[] wheel = MadeArchive.zip(wheel());
    wheel[36] ^= 1; // within the name of the first entry
    refused(WHEEL, wheel, "another name where its data lies");
  }

  @Test
  void a_bomb_is_not_unpacked() throws Exception {
    byte[] zeros = new byte[80 << 20];
    byte[] tar = sdist().entry('0', "spring-1.0/zeros", "", zeros).gzipped();

    refused(SDIST, tar, "as a bomb is");
    assertThatThrownBy(() -> read(SDIST, tar, new ReadingLimits(10, 10, 1 << 20, 1000)))
        .hasMessageContaining("larger than 1048576 bytes");
    assertThatThrownBy(() ->
            read(
                SDIST,
                sdist().file("spring-1.0/a", "").gzipped(),
                new ReadingLimits(1, 10, 1 << 20, 1000)))
        .hasMessageContaining("more than 1 entries");
  }

  @Test
  void every_real_wheel_at_hand_is_read() throws Exception {
    int read = 0;
    for (Path file : real()) {
      // Every byte of the smaller ones; all of them are 200 MB.
      Listing listing = Files.size(file) < 300_000 ? sound(file) : listed(file);
      assertThat(listing.files()).as(file.toString()).isNotEmpty();
      assertThat(listing.metadata().name()).as(file.toString()).isPresent();
      read++;
    }
    assertThat(read).isGreaterThan(100);
  }

  @Test
  @Tag("soak")
  void every_real_wheel_at_hand_is_sound_to_its_last_byte() throws Exception {
    for (Path file : real()) {
      assertThat(sound(file).metadata().version()).as(file.toString()).isPresent();
    }
  }

  private static List<Path> real() throws IOException {
    return Stream.concat(shared("clients").stream(), shared("vectors/attestations").stream())
        .filter(file -> file.toString().endsWith(".whl") || file.toString().endsWith(".tar.gz"))
        .toList();
  }

  private static Listing sound(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file)) {
      return Listing.ofSound(channel, name(file.getFileName().toString()), ReadingLimits.USUAL);
    }
  }

  private static Listing listed(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file)) {
      return Listing.of(channel, name(file.getFileName().toString()), ReadingLimits.USUAL);
    }
  }

  private static List<Path> shared(String folder) throws IOException {
    Path house = Path.of(System.getProperty("house", ""));
    for (String shared : List.of("../shared", "../../shared")) {
      Path place = house.resolve(shared).resolve(folder);
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          return files.sorted().toList();
        }
      }
    }
    return abort("skipped: there is no ../shared/" + folder + " beside the project");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> wheel() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("spring.py", "1\n");
    entries.put("spring-1.0.dist-info/METADATA", METADATA);
    return entries;
  }

  private static MadeArchive sdist() {
    return MadeArchive.tar().file("spring-1.0/PKG-INFO", METADATA);
  }

  private void refused(String filename, byte[] bytes, String because) {
    assertThatThrownBy(() -> read(filename, bytes))
        .isInstanceOf(UnreadableArchiveException.class)
        .hasMessageContaining(because);
  }

  private Listing read(String filename, byte[] bytes) throws Exception {
    return read(filename, bytes, ReadingLimits.USUAL);
  }

  private Listing read(String filename, byte[] bytes, ReadingLimits limits) throws Exception {
    Path file = Files.write(temp.resolve(filename), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      return Listing.ofSound(channel, name(filename), limits);
    }
  }

  private static DistributionFilename name(String filename) {
    return DistributionFilename.parse(filename).toOptional().orElseThrow();
  }
}
