package dev.wellhead.core.pypi;

import java.util.Optional;

/// What a marker can ask about the environment of an installation (PEP 508; the two sets: PEP 751).
public enum MarkerVariable {
  PYTHON_VERSION("python_version", Kind.VERSION),
  PYTHON_FULL_VERSION("python_full_version", Kind.VERSION),
  OS_NAME("os_name", Kind.TEXT),
  SYS_PLATFORM("sys_platform", Kind.TEXT),
  PLATFORM_RELEASE("platform_release", Kind.VERSION),
  PLATFORM_SYSTEM("platform_system", Kind.TEXT),
  PLATFORM_VERSION("platform_version", Kind.TEXT),
  PLATFORM_MACHINE("platform_machine", Kind.TEXT),
  PLATFORM_PYTHON_IMPLEMENTATION("platform_python_implementation", Kind.TEXT),
  IMPLEMENTATION_NAME("implementation_name", Kind.TEXT),
  IMPLEMENTATION_VERSION("implementation_version", Kind.VERSION),
  EXTRA("extra", Kind.NAME),
  EXTRAS("extras", Kind.NAMES),
  DEPENDENCY_GROUPS("dependency_groups", Kind.NAMES);

  /// How its value compares: as a version where both sides are one, as text, as a project name is
  /// normalized (PEP 685), or as a set of such names.
  enum Kind {
    VERSION,
    TEXT,
    NAME,
    NAMES
  }

  private final String text;
  private final Kind kind;

  MarkerVariable(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /// The variable that `text` names, old spellings from before PEP 508 included (`os.name`).
  public static Optional<MarkerVariable> of(String text) {
    String name =
        switch (text) {
          case "os.name" -> "os_name";
          case "sys.platform" -> "sys_platform";
          case "platform.version" -> "platform_version";
          case "platform.machine" -> "platform_machine";
          case "platform.python_implementation", "python_implementation" ->
              "platform_python_implementation";
          default -> text;
        };
    for (MarkerVariable variable : values()) {
      if (variable.text.equals(name)) {
        return Optional.of(variable);
      }
    }
    return Optional.empty();
  }

  Kind kind() {
    return kind;
  }

  boolean isNamed() {
    return kind == Kind.NAME || kind == Kind.NAMES;
  }

  /// As PEP 508 writes it.
  @Override
  public String toString() {
    return text;
  }
}
