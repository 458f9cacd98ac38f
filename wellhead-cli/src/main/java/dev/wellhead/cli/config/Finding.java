package dev.wellhead.cli.config;

/// One other index, or a setting that gets in the way, and where it stands.
///
/// @param where the file with its line, or the variable
/// @param what without any secret
/// @param weight what it does to the one index
record Finding(String where, String what, Weight weight) {
  /// What another setting does.
  enum Weight {
    /// The client takes it instead of the one index.
    WINS("is taken instead"),
    /// The client asks it beside the one index.
    BESIDE("is asked as well"),
    /// The client asks it for what names it.
    NAMED("is asked for what names it"),
    /// It could not be seen whether there is another index.
    UNSEEN("look there yourself");

    private final String words;

    Weight(String words) {
      this.words = words;
    }
  }

  String sentence() {
    return where + ": " + what + " " + weight.words;
  }
}
