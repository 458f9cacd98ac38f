package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// pip: `index-url` in the user's `pip.conf`.
///
/// pip reads its files in the order of [#read], the later one wins, then the environment, then the
/// command line; a section named like a command wins over `global` (pip's user guide,
/// Configuration).
record PipSettings(Machine machine, IndexUrl index) implements ClientSettings {
  private static final String GLOBAL = "global";
  private static final String INDEX_URL = "index-url";
  private static final Set<String> BESIDE = Set.of("extra-index-url", "find-links");

  @Override
  public Path file() {
    String named = machine.variable("PIP_CONFIG_FILE");
    return named.isEmpty() || readsNoFile() ? userFile() : Path.of(named);
  }

  @Override
  public String lines() {
    String host = index.plainHost();
    return "[global]\nindex-url = "
        + index.url()
        + "\n"
        + (host.isEmpty() ? "" : "trusted-host = " + host + "\n");
  }

  @Override
  public String edited(String text) throws NotUnderstoodException {
    String changed = IniText.parse(text).with(GLOBAL, INDEX_URL, index.url());
    String host = index.plainHost();
    if (host.isEmpty()) {
      return changed;
    }
    IniText ini = IniText.parse(changed);
    String trusted = ini.entry(GLOBAL, "trusted-host").map(IniText.Entry::value).orElse("");
    return List.of(trusted.split("\\s+", -1)).contains(host)
        ? changed
        : ini.with(GLOBAL, "trusted-host", (trusted.replaceAll("\\s+", " ") + " " + host).strip());
  }

  @Override
  public List<Finding> others() {
    Others others = new Others(index);
    boolean after = false;
    for (Path file : readsNoFile() ? List.<Path>of() : read()) {
      boolean isOurs = file.equals(file());
      look(file, isOurs, after, others);
      after |= isOurs;
    }
    environment(others);
    others.requirementFiles(machine.folder());
    return others.found();
  }

  private void environment(Others others) {
    if (readsNoFile()) {
      others.add(
          "environment", "PIP_CONFIG_FILE names no file, so that no file is read:", Weight.UNSEEN);
    }
    others.variable(machine, "PIP_INDEX_URL", Weight.WINS);
    others.variable(machine, "PIP_EXTRA_INDEX_URL", Weight.BESIDE);
    others.variable(machine, "PIP_FIND_LINKS", Weight.BESIDE);
    if (!machine.variable("PIP_NO_INDEX").isEmpty()) {
      others.add("environment", "PIP_NO_INDEX", Weight.WINS);
    }
  }

  private void look(Path file, boolean isOurs, boolean after, Others others) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (IniText.Entry entry : IniText.parse(SettingsText.read(file)).entries()) {
        String where = file + ":" + entry.line();
        String key = entry.section() + "." + entry.key();
        boolean command = !entry.section().equals(GLOBAL);
        if (BESIDE.contains(entry.key())) {
          others.urls(where, key, entry.value(), Weight.BESIDE);
        } else if (entry.key().equals(INDEX_URL) && (command || (after && !isOurs))) {
          others.urls(where, key, entry.value(), Weight.WINS);
        } else if (entry.key().equals("no-index") && !entry.value().matches("(?i)0|no|false|off")) {
          others.add(where, key, Weight.WINS);
        }
      }
    } catch (NotUnderstoodException e) {
      others.add(file.toString(), "not understood;", Weight.UNSEEN);
    }
  }

  /// pip's files in the order in which it reads them.
  private List<Path> read() {
    List<Path> files = new ArrayList<>();
    for (Path folder : machine.systemConfig().reversed()) {
      files.add(folder.resolve("pip/pip.conf"));
    }
    files.add(machine.root().resolve("etc/pip.conf"));
    files.add(machine.home().resolve(".pip/pip.conf"));
    files.add(userFile());
    String environment = machine.variable("VIRTUAL_ENV");
    if (!environment.isEmpty()) {
      files.add(Path.of(environment, "pip.conf"));
    }
    if (!file().equals(userFile())) {
      files.add(file());
    }
    return files;
  }

  private Path userFile() {
    return machine.config("pip").resolve("pip.conf");
  }

  private boolean readsNoFile() {
    return machine.variable("PIP_CONFIG_FILE").equals("/dev/null");
  }
}
