package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;

/// Reads HTML from a stranger element by element, under the limits, as browsers do: every page has
/// a meaning. Each element is forgotten once it was looked at, so that a page needs little memory,
/// however long it is.
final class BoundedHtml {
  /// A link in a table in a list makes ten elements.
  private static final long ELEMENTS_FOR_AN_ENTRY = 12;

  private static final int MOST_ATTRIBUTES = 64;

  private BoundedHtml() {}

  /// Takes one complete element after the other, children before their parents.
  interface ElementReader {
    void read(Element element) throws MalformedPageException;
  }

  /// Shows every element of the page in `in`, which stays open, to `reader`.
  static void read(InputStream in, Charset charset, PageLimits limits, ElementReader reader)
      throws MalformedPageException, IOException {
    Markup markup = new Markup(in, charset, limits);
    Parser html = Parser.htmlParser().setMaxDepth(limits.maxNesting());
    try (StreamParser parser = new StreamParser(html).parse(markup, "")) {
      long count = 0;
      long most = ELEMENTS_FOR_AN_ENTRY * limits.maxEntries();
      for (Iterator<Element> elements = parser.iterator(); elements.hasNext(); ) {
        Element element = elements.next();
        markup.elementCompleted();
        if (++count > most) {
          throw new MalformedPageException(
              "The page passes a limit: it has more than " + most + " elements.");
        }
        if (element.attributesSize() > MOST_ATTRIBUTES) {
          throw new MalformedPageException(
              "The page has an element with more than " + MOST_ATTRIBUTES + " attributes.");
        }
        // What lies in a table without being in a cell is moved before the table, and not told of.
        for (Element each : element.getAllElements()) {
          reader.read(each);
        }
        forget(element);
      }
    } catch (UncheckedIOException broken) {
      IOException cause = broken.getCause();
      throw fault(cause == null ? new IOException(broken) : cause);
    }
  }

  /// The attribute's value, as its author meant it; empty where there is none.
  static String attribute(Element element, String name, PageLimits limits)
      throws MalformedPageException {
    String value = element.attr(name);
    if (value.length() > limits.maxStringLength()) {
      throw new MalformedPageException(
          "The page passes a limit: it has a `"
              + name
              + "` longer than "
              + limits.maxStringLength()
              + " characters.");
    }
    return value;
  }

  /// Takes `element` out of the tree, with the text and the comments before it. Its parents are
  /// still being read.
  private static void forget(Element element) {
    for (Node before = element.previousSibling();
        before != null && !(before instanceof Element);
        before = element.previousSibling()) {
      before.remove();
    }
    if (isFrame(element)) {
      element.empty();
    } else if (element.parent() != null) {
      element.remove();
    }
  }

  private static boolean isFrame(Element element) {
    return switch (element.normalName()) {
      case "html", "head", "body" -> true;
      default -> false;
    };
  }

  private static IOException fault(IOException broken) throws MalformedPageException {
    return switch (broken) {
      case Markup.UnusableException unusable -> throw malformed(unusable);
      case BoundedInput.TooLongException tooLong -> throw malformed(tooLong);
      default -> broken;
    };
  }

  private static MalformedPageException malformed(IOException said) {
    return new MalformedPageException(String.valueOf(said.getMessage()));
  }
}
