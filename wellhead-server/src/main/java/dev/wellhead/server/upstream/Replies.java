package dev.wellhead.server.upstream;

/// What a status says before anybody looks at a body.
final class Replies {
  private Replies() {}

  sealed interface Kind {
    /// This very status, as was hoped for.
    record Wanted() implements Kind {}

    record Absent(int status) implements Kind {}

    record Useless(String why) implements Kind {}
  }

  static Kind kind(Reply reply, int wanted) {
    int status = reply.status();
    if (status == wanted) {
      return new Kind.Wanted();
    }
    return switch (status) {
      case 404, 410 -> new Kind.Absent(status);
      case 401, 403 ->
          new Kind.Useless(
              reply.name()
                  + " answered "
                  + status
                  + ": it wants other credentials, or these do not"
                  + " open this. See the settings `upstream.credentials.username`, `upstream.credentials.password`,"
                  + " `upstream.credentials.token` and `upstream.tls.certificate`.");
      case 407 ->
          new Kind.Useless(
              "The outbound proxy (setting `upstream.proxy`) wants other credentials for "
                  + reply.name()
                  + ".");
      default ->
          new Kind.Useless(reply.name() + " answered with the unexpected status " + status + ".");
    };
  }
}
