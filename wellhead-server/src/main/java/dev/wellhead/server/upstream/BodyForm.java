package dev.wellhead.server.upstream;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the body of an answer is to be read, by its content type.
sealed interface BodyForm {
  /// The content types of the Simple API.
  String JSON_TYPE = "application/vnd.pypi.simple.v1+json";

  String HTML_TYPE = "application/vnd.pypi.simple.v1+html";

  Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})");

  record Json() implements BodyForm {}

  record Html(Charset charset) implements BodyForm {}

  /// Not to be read, or not to be read as it is set.
  record Wrong(String why) implements BodyForm {}

  static BodyForm of(Reply reply, PageFormat asked) {
    String type = reply.contentType();
    return switch (type) {
      case JSON_TYPE ->
          asked == PageFormat.HTML ? new Wrong(notAsSet(reply, "JSON", "html")) : new Json();
      case HTML_TYPE, "text/html" ->
          asked == PageFormat.JSON
              ? new Wrong(notAsSet(reply, "HTML", "json"))
              : new Html(charset(reply.header("Content-Type").orElse("")));
      default ->
          new Wrong(
              reply.name()
                  + " answered with the content type "
                  + Words.quoted(type)
                  + ", which is that of no page: "
                  + (asked == PageFormat.HTML ? "" : JSON_TYPE + ", ")
                  + HTML_TYPE
                  + " or text/html.");
    };
  }

  private static String notAsSet(Reply reply, String form, String setting) {
    return reply.name()
        + " answered with "
        + form
        + " (the content type "
        + Words.quoted(reply.contentType())
        + "), and the setting `upstream.format` is \""
        + setting
        + "\". With \"auto\" what it gives is read; or see whether its Simple API is under another"
        + " URL (setting `upstream.index`).";
  }

  /// UTF-8 where none is named or none that is known here: pages hardly ever leave ASCII.
  private static Charset charset(String contentType) {
    Matcher named = CHARSET.matcher(contentType);
    if (!named.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(named.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
