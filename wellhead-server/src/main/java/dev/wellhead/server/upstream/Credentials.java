package dev.wellhead.server.upstream;

/// What is said in `Authorization`. Never printed: [Object#toString] leaves the secret out.
public sealed interface Credentials {
  record None() implements Credentials {}

  /// RFC 7617, in UTF-8.
  record Basic(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /// RFC 6750.
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
