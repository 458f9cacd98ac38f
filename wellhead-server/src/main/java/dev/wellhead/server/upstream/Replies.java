package dev.wellhead.server.upstream;

import java.util.Optional;

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

  /// Why a body cannot be a JSON page, by its type; empty when it can.
  static Optional<String> wrongType(Reply reply) {
    String type = reply.contentType();
    if (type.equals(Pages.JSON)) {
      return Optional.empty();
    }
    String html =
        type.equals("text/html") || type.equals("application/vnd.pypi.simple.v1+html")
            ? " An index that has HTML pages only cannot be used; see whether it has a JSON Simple"
                + " API (PEP 691) under another URL (setting `upstream.index`)."
            : "";
    return Optional.of(
        reply.name()
            + " answered with the content type "
            + Words.quoted(type)
            + " in place of "
            + Pages.JSON
            + "."
            + html);
  }
}
