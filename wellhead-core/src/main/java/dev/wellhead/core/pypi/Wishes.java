package dev.wellhead.core.pypi;

/// How much a client wants each form, gathered from its `Accept` headers in one pass.
///
/// For each form it keeps the weight that the most specific range gave, in thousandths, and of
/// equally specific ranges the highest.
final class Wishes {
  private static final int ANY = 1;
  private static final int ANY_OF_TYPE = 2;
  private static final int LATEST = 3;
  private static final int EXACT = 4;

  private static final int FULL_WEIGHT = 1000;
  private static final int UNREADABLE = -1;

  private final Wish json = new Wish();
  private final Wish htmlV1 = new Wish();
  private final Wish textHtml = new Wish();

  static boolean isJson(String range) {
    return range.equalsIgnoreCase("application/vnd.pypi.simple.v1+json");
  }

  static boolean isLatestJson(String range) {
    return range.equalsIgnoreCase("application/vnd.pypi.simple.latest+json");
  }

  static boolean isHtmlV1(String range) {
    return range.equalsIgnoreCase("application/vnd.pypi.simple.v1+html");
  }

  static boolean isLatestHtml(String range) {
    return range.equalsIgnoreCase("application/vnd.pypi.simple.latest+html");
  }

  /// Takes in one header, which may list any number of ranges.
  void read(String header) {
    int start = 0;
    while (start < header.length()) {
      int end = next(',', header, start, header.length());
      readRange(header, start, end);
      start = end + 1;
    }
  }

  /// The form wanted most; plain HTML where none is wanted, and where whatever there is will do:
  /// who says only `*/*` is a script or an old tool that knows nothing of the JSON form.
  PageForm best() {
    int most = Math.max(json.weight, Math.max(htmlV1.weight, textHtml.weight));
    if (most > 0 && json.weight == most && json.specificity > ANY) {
      return PageForm.JSON;
    }
    return most > 0 && htmlV1.weight == most && htmlV1.specificity > ANY
        ? PageForm.HTML_V1
        : textHtml.weight == most ? PageForm.TEXT_HTML : PageForm.JSON;
  }

  private void readRange(String header, int start, int end) {
    int nameEnd = next(';', header, start, end);
    int wanted = FULL_WEIGHT;
    int parameter = nameEnd + 1;
    while (parameter < end) {
      int parameterEnd = next(';', header, parameter, end);
      int equals = header.indexOf('=', parameter, parameterEnd);
      if (equals > 0 && header.substring(parameter, equals).strip().equalsIgnoreCase("q")) {
        wanted = thousandths(header.substring(equals + 1, parameterEnd).strip());
        break;
      }
      parameter = parameterEnd + 1;
    }
    if (wanted != UNREADABLE) {
      wish(header.substring(start, nameEnd).strip(), wanted);
    }
  }

  private void wish(String range, int wanted) {
    if (isJson(range)) {
      json.take(EXACT, wanted);
    } else if (isHtmlV1(range)) {
      htmlV1.take(EXACT, wanted);
    } else if (range.equalsIgnoreCase("text/html")) {
      textHtml.take(EXACT, wanted);
    } else if (isLatestJson(range)) {
      json.take(LATEST, wanted);
    } else if (isLatestHtml(range)) {
      htmlV1.take(LATEST, wanted);
    } else if (range.equalsIgnoreCase("application/*")) {
      json.take(ANY_OF_TYPE, wanted);
      htmlV1.take(ANY_OF_TYPE, wanted);
    } else if (range.equalsIgnoreCase("text/*")) {
      textHtml.take(ANY_OF_TYPE, wanted);
    } else if (range.equals("*/*") || range.equals("*")) {
      json.take(ANY, wanted);
      htmlV1.take(ANY, wanted);
      textHtml.take(ANY, wanted);
    }
  }

  /// Where `separator` stands next outside quotes, or `end`.
  private static int next(char separator, String header, int start, int end) {
    boolean quoted = false;
    for (int i = start; i < end; i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        return i;
      }
    }
    return end;
  }

  /// A weight such as `0.25`, also `.25`, in thousandths; digits beyond the third do not count, and
  /// what is above 1 is 1.
  private static int thousandths(String text) {
    int result = 0;
    int scale = FULL_WEIGHT;
    boolean afterPoint = false;
    boolean anyDigit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !afterPoint) {
        afterPoint = true;
      } else if (c >= '0' && c <= '9') {
        anyDigit = true;
        if (afterPoint) {
          scale /= 10;
          result += (c - '0') * scale;
        } else {
          result = Math.min(result * 10 + (c - '0') * FULL_WEIGHT, FULL_WEIGHT);
        }
      } else {
        return UNREADABLE;
      }
    }
    return anyDigit ? Math.min(result, FULL_WEIGHT) : UNREADABLE;
  }

  /// What was said about one form so far.
  private static final class Wish {
    private int specificity;
    private int weight;

    void take(int newSpecificity, int newWeight) {
      if (newSpecificity > specificity) {
        specificity = newSpecificity;
        weight = newWeight;
      } else if (newSpecificity == specificity) {
        weight = Math.max(weight, newWeight);
      }
    }
  }
}
