package dev.wellhead.bench;

import org.jspecify.annotations.Nullable;

/// What every answer must be, as far as it is known beforehand.
///
/// @param status the status code; 0 when any will do
/// @param length bytes of the body as transferred; -1 when any will do
/// @param sha256 of the body as transferred, lower-case hex; absent when any will do
public record Expectation(int status, long length, @Nullable String sha256) {

  boolean metBy(Answer answer) {
    return (status == 0 || status == answer.status())
        && (length < 0 || length == answer.length())
        && (sha256 == null || answer.sha256() == null || sha256.equals(answer.sha256()));
  }
}
