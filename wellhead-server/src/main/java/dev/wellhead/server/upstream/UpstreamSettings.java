package dev.wellhead.server.upstream;

import java.net.URI;
import java.util.List;

/// Which index is asked, how, and within what bounds.
///
/// @param index the root of its Simple API, such as `https://pypi.org/simple/`
/// @param files further hosts on which its files may lie; the path of these URLs does not matter.
///   The first one's files get the short paths ([Upstream#servedPath]), so that adding a host at
///   the end changes no path. Empty: the index's own host, or for PyPI the one that it uses.
/// @param format the form in which its pages are asked for
public record UpstreamSettings(
    URI index,
    List<URI> files,
    PageFormat format,
    Access access,
    TimeLimits times,
    SizeLimits sizes,
    Persistence persistence) {
  /// Python's public index.
  public static final URI PYPI = URI.create("https://pypi.org/simple/");

  private static final URI PYPI_FILES = URI.create("https://files.pythonhosted.org/");

  public UpstreamSettings {
    boolean isPypi = "pypi.org".equalsIgnoreCase(index.getHost());
    files = files.isEmpty() && isPypi ? List.of(PYPI_FILES) : List.copyOf(files);
  }

  /// This index with files on these hosts, open to everybody, within the usual bounds.
  public static UpstreamSettings of(URI index, URI... files) {
    return new UpstreamSettings(
        index,
        List.of(files),
        PageFormat.AUTO,
        Access.OPEN,
        TimeLimits.USUAL,
        SizeLimits.USUAL,
        Persistence.USUAL);
  }

  public UpstreamSettings with(PageFormat newFormat) {
    return new UpstreamSettings(index, files, newFormat, access, times, sizes, persistence);
  }

  public UpstreamSettings with(Access newAccess) {
    return new UpstreamSettings(index, files, format, newAccess, times, sizes, persistence);
  }

  public UpstreamSettings with(TimeLimits newTimes) {
    return new UpstreamSettings(index, files, format, access, newTimes, sizes, persistence);
  }

  public UpstreamSettings with(SizeLimits newSizes) {
    return new UpstreamSettings(index, files, format, access, times, newSizes, persistence);
  }

  public UpstreamSettings with(Persistence newPersistence) {
    return new UpstreamSettings(index, files, format, access, times, sizes, newPersistence);
  }
}
