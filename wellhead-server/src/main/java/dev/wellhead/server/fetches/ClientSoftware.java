package dev.wellhead.server.fetches;

/// What a client says of itself in its User-Agent; empty text where it does not say.
///
/// It is a claim, good for statistics and for telling people apart, never for deciding anything.
/// Each text is cut to 64 characters.
///
/// @param tool lower-case name, such as `pip` or `uv`; `browser`; `unknown`
/// @param version of the tool; of a browser its name as well
/// @param implementation of Python, such as `CPython`
/// @param python its version
/// @param system such as `Debian GNU/Linux 12`, `macOS 15.1` or `Windows 11`
/// @param ci whether it says that it runs in continuous integration
public record ClientSoftware(
    String tool, String version, String implementation, String python, String system, boolean ci) {
  private static final int LIMIT = 64;

  /// Nothing known.
  public static final ClientSoftware UNKNOWN = new ClientSoftware("unknown", "", "", "", "", false);

  public ClientSoftware {
    tool = PlainText.of(tool, LIMIT);
    version = PlainText.of(version, LIMIT);
    implementation = PlainText.of(implementation, LIMIT);
    python = PlainText.of(python, LIMIT);
    system = PlainText.of(system, LIMIT);
  }

  /// What `userAgent` says; never fails, whatever it holds, and reads only its first 4 KiB.
  public static ClientSoftware parse(String userAgent) {
    return UserAgent.parse(userAgent);
  }
}
