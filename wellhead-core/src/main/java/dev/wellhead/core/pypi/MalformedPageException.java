package dev.wellhead.core.pypi;

import java.io.Serial;

/// A page that cannot be used; the message is a sentence that says what is wrong and where, fit to
/// be shown to people and to be logged: what it quotes from the page is short and printable.
public final class MalformedPageException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;

  public MalformedPageException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
