package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thirty projects with compiled wheels in a fresh environment, as people have them. Which, depends
/// on what the machine has: the clients' own dependencies and the folders of its pip configuration.
class CompiledWheelsTest {
  private static final int WANTED = 30;

  /// Project and the compiled module to import; the larger ones come first.
  private static final Map<String, String> COMPILED = compiled();

  @TempDir Path temp;

  @Test
  void thirty_projects_with_compiled_wheels_install_and_import() {
    try (FakeIndex upstream = FakeIndex.start(Feature.POOR);
        Scene scene = Scene.over(upstream, temp)) {
      Set<String> there = offered(upstream);
      List<String> projects =
          COMPILED.keySet().stream().filter(there::contains).limit(WANTED).toList();
      assumeTrue(
          projects.size() == WANTED,
          () ->
              "skipped: of the compiled projects that are known only these are here: " + projects);
      Path fresh = scene.bench().freshEnvironment("fresh");
      List<String> wanted = new ArrayList<>(List.of("--no-compile", "--only-binary", ":all:"));
      wanted.addAll(projects);
      scene.bench().run(Client.PIP, PipTest.install(fresh, wanted)).succeeded();
      String imports =
          projects.stream()
              .map(project -> "import " + COMPILED.get(project))
              .collect(Collectors.joining("\n"));
      scene.bench().python(fresh, imports + "\nprint('all here')").succeeded().said("all here");
      assertThat(normalized(scene.bench().installed(fresh))).containsAll(projects);
    }
  }

  private static Set<String> offered(FakeIndex upstream) {
    Set<Path> folders = new LinkedHashSet<>(Machine.pipFolders());
    Machine.clientsFolder().ifPresent(folders::add);
    Set<String> projects = new LinkedHashSet<>();
    for (Path folder : folders) {
      upstream.wheels(folder);
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> String.valueOf(file.getFileName()))
            .filter(CompiledWheelsTest::fitsHere)
            .forEach(file -> projects.add(normalized(file.replaceFirst("-.*", ""))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return projects;
  }

  /// Compiled, and for a CPython that has been around for long enough to be on most machines.
  private static boolean fitsHere(String file) {
    return file.matches(".*-(cp311-cp311|cp3\\d+-abi3)-.*(manylinux|linux).*x86_64\\.whl");
  }

  private static Set<String> normalized(List<String> installed) {
    return installed.stream()
        .map(line -> normalized(line.replaceFirst("==.*", "")))
        .collect(Collectors.toSet());
  }

  private static String normalized(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> compiled() {
    Map<String, String> modules = new LinkedHashMap<>();
    String lines =
        """
        numpy numpy
        pandas pandas
        lxml lxml.etree
        cryptography cryptography.hazmat.bindings._rust
        pydantic-core pydantic_core._pydantic_core
        pillow PIL._imaging
        cffi _cffi_backend
        argon2-cffi-bindings _argon2_cffi_bindings._ffi
        markupsafe markupsafe._speedups
        pyyaml yaml._yaml
        msgpack msgpack._cmsgpack
        charset-normalizer charset_normalizer.md
        rapidfuzz rapidfuzz.fuzz_cpp
        tomli tomli
        uvloop uvloop.loop
        httptools httptools.parser.parser
        websockets websockets.speedups
        watchfiles watchfiles._rust_notify
        zope-interface zope.interface._zope_interface_coptimizations
        nh3 nh3
        dulwich dulwich._objects
        rfc3161-client rfc3161_client._rust
        backports-zstd backports.zstd
        greenlet greenlet._greenlet
        wrapt wrapt._wrappers
        multidict multidict._multidict
        frozenlist frozenlist._frozenlist
        propcache propcache._helpers_c
        yarl yarl._quoting_c
        aiohttp aiohttp._http_parser
        psutil psutil._psutil_linux
        zstandard zstandard.backend_c
        lz4 lz4.block
        xxhash xxhash._xxhash
        orjson orjson
        ujson ujson
        regex regex
        bcrypt bcrypt
        pynacl nacl._sodium
        bitarray bitarray
        kiwisolver kiwisolver
        contourpy contourpy
        hiredis hiredis
        coverage coverage.tracer
        simplejson simplejson._speedups
        """;
    for (String line : lines.lines().toList()) {
      List<String> words = List.of(line.split(" ", 2));
      modules.put(words.get(0), words.get(1));
    }
    return modules;
  }
}
