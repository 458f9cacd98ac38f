package dev.wellhead.server.upstream;

/// How much is taken.
///
/// @param page bytes of a project's page, compressed and unpacked
/// @param names bytes of the list of all names, compressed and unpacked
/// @param file bytes of a file
/// @param range bytes of one stretch of a file
/// @param connections to one host at a time; a quarter of them is kept from files, so that
///   downloads never hold up pages
public record SizeLimits(long page, long names, long file, int range, int connections) {
  private static final int MIB = 1024 * 1024;

  public static final SizeLimits USUAL =
      new SizeLimits(32L * MIB, 256L * MIB, 16L * 1024 * MIB, 16 * MIB, 20);

  public SizeLimits {
    if (page < 1 || names < 1 || file < 1 || range < 1 || connections < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
