package dev.wellhead.server.release;

/// What an import came to. It adds up: every file that was seen was imported, was here already, or
/// was refused.
///
/// @param bytes that the imported ones have
/// @param unhashed of the imported ones no hash was stated that can be compared here
/// @param passedOver what is no distribution and was not looked at
/// @param projectsRefused whose pages could not be had, so that nobody knows how many files they
///   have
/// @param isWhole whether it went to the end
public record ImportSummary(
    long seen,
    long imported,
    long here,
    long refused,
    long bytes,
    long unhashed,
    long passedOver,
    long projectsRefused,
    boolean isWhole) {
  public ImportSummary {
    if (seen != imported + here + refused) {
      throw new IllegalArgumentException(
          seen + " files seen, and " + imported + " + " + here + " + " + refused + " dealt with");
    }
  }

  /// Whether everything that was offered is here now.
  public boolean isComplete() {
    return isWhole && refused == 0 && projectsRefused == 0;
  }
}
