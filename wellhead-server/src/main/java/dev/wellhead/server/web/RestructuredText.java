package dev.wellhead.server.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of reStructuredText that most descriptions use, as markup: titles, paragraphs, lists,
/// literal blocks, quotes, code and notes. What is beyond that is shown as the text that it is.
final class RestructuredText {
  private static final int DEEPEST = 6;
  private static final int FIRST_LEVEL = 3;
  private static final Pattern TARGET =
      Pattern.compile("\\.\\. _`?([^`:]{1,100})`?: +(\\S{1,500})");
  private static final Pattern DIRECTIVE =
      Pattern.compile("\\.\\. (?:\\|[^|]{1,100}\\| )?([a-z-]{1,30}):: ?(.*)");
  private static final Pattern ITEM = Pattern.compile("([*+-]|[0-9]{1,3}[.)]|#\\.) +(\\S.*)");
  private static final List<String> NOTES =
      List.of("note", "warning", "tip", "important", "caution", "hint", "attention", "danger");

  private final Map<String, String> targets = new HashMap<>();
  private final List<Character> titleMarks = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private RestructuredText() {}

  static String html(String text) {
    RestructuredText page = new RestructuredText();
    List<String> lines = text.replace("\t", "    ").lines().map(String::stripTrailing).toList();
    for (String line : lines) {
      Matcher target = TARGET.matcher(line.strip());
      if (target.matches()) {
        page.targets.putIfAbsent(target.group(1).toLowerCase(Locale.ROOT), target.group(2));
      }
    }
    page.blocks(lines, 0);
    return page.out.toString();
  }

  private void blocks(List<String> lines, int depth) {
    if (depth > DEEPEST) {
      pre(lines);
      return;
    }
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.isBlank()) {
        at++;
      } else if (isTitle(lines, at)) {
        at = title(lines, at);
      } else if (line.startsWith("..") && (line.length() == 2 || line.charAt(2) == ' ')) {
        at = explicit(lines, at, depth);
      } else if (indent(line) > 0) {
        int end = endOfIndented(lines, at);
        out.append("<blockquote>");
        blocks(unindented(lines.subList(at, end)), depth + 1);
        out.append("</blockquote>");
        at = end;
      } else if (ITEM.matcher(line).matches()) {
        at = list(lines, at, depth);
      } else if (line.startsWith(">>>") || isTable(line)) {
        int end = endOfParagraph(lines, at);
        pre(lines.subList(at, end));
        at = end;
      } else {
        at = paragraph(lines, at);
      }
    }
  }

  private static boolean isTitle(List<String> lines, int at) {
    if (at + 1 >= lines.size()) {
      return false;
    }
    String line = lines.get(at);
    String next = lines.get(at + 1);
    boolean overline =
        isMarks(line)
            && at + 2 < lines.size()
            && !next.isBlank()
            && !isMarks(next)
            && lines.get(at + 2).equals(line);
    return overline || (indent(line) == 0 && !isMarks(line) && isMarks(next));
  }

  private int title(List<String> lines, int at) {
    boolean overline = isMarks(lines.get(at));
    String text = lines.get(overline ? at + 1 : at).strip();
    // Capitals tell a mark above and below from one below alone.
    char mark = (char) (lines.get(at + 1 + (overline ? 1 : 0)).charAt(0) + (overline ? 0x100 : 0));
    if (!titleMarks.contains(mark)) {
      titleMarks.add(mark);
    }
    int level = Math.min(6, FIRST_LEVEL + titleMarks.indexOf(mark));
    out.append(String.format(Locale.ROOT, "<h%d>%s</h%d>", level, inline(text), level));
    return at + (overline ? 3 : 2);
  }

  /// What begins with two dots: a directive, a target, a comment.
  private int explicit(List<String> lines, int at, int depth) {
    int end = endOfIndented(lines, at + 1);
    List<String> body = unindented(lines.subList(at + 1, end));
    Matcher directive = DIRECTIVE.matcher(lines.get(at));
    if (directive.matches()) {
      String name = directive.group(1);
      List<String> content =
          body.stream().dropWhile(line -> line.isBlank() || line.matches(":[a-z-]+:.*")).toList();
      if (name.equals("code-block") || name.equals("code") || name.equals("sourcecode")) {
        pre(content);
      } else if (NOTES.contains(name)) {
        List<String> whole = new ArrayList<>(List.of(directive.group(2)));
        whole.addAll(content);
        out.append("<blockquote>");
        blocks(whole, depth + 1);
        out.append("</blockquote>");
      } else if (name.equals("image") || name.equals("figure")) {
        String url = directive.group(2).strip();
        String alt =
            body.stream()
                .filter(line -> line.startsWith(":alt:"))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .orElse("🖼");
        String picture = "<span class=\"image\">" + Description.escaped(alt) + "</span>";
        out.append("<p>").append(Description.link(url, picture)).append("</p>");
      }
    }
    return end;
  }

  private int list(List<String> lines, int start, int depth) {
    boolean numbered = "*+-".indexOf(lines.get(start).charAt(0)) < 0;
    out.append(numbered ? "<ol>" : "<ul>");
    int at = start;
    while (at < lines.size()) {
      Matcher item = ITEM.matcher(lines.get(at));
      boolean another = item.matches() && numbered == ("*+-".indexOf(lines.get(at).charAt(0)) < 0);
      if (!another) {
        break;
      }
      int end = endOfIndented(lines, at + 1);
      List<String> inside = new ArrayList<>(List.of(item.group(2)));
      inside.addAll(unindented(lines.subList(at + 1, end), item.start(2)));
      out.append("<li>");
      blocks(inside, depth + 1);
      out.append("</li>");
      at = end;
    }
    out.append(numbered ? "</ol>" : "</ul>");
    return at;
  }

  private int paragraph(List<String> lines, int start) {
    int end = endOfParagraph(lines, start);
    String text = String.join("\n", lines.subList(start, end));
    boolean literal = text.endsWith("::");
    if (literal) {
      text = text.substring(0, text.length() - (text.matches("(?s)(.*\\s)?::") ? 2 : 1));
    }
    if (!text.isBlank()) {
      out.append("<p>").append(inline(text)).append("</p>");
    }
    if (!literal) {
      return end;
    }
    int after = endOfIndented(lines, end);
    pre(unindented(lines.subList(end, after)));
    return after;
  }

  private void pre(List<String> lines) {
    String text = String.join("\n", lines).replaceAll("^\\n+|\\n+$", "");
    if (!text.isEmpty()) {
      out.append("<pre><code>").append(Description.escaped(text)).append("</code></pre>");
    }
  }

  private String inline(String text) {
    return RestructuredInline.html(text, targets);
  }

  private static boolean isMarks(String line) {
    return line.length() >= 3
        && "=-~^\"'`#*+.:_<>".indexOf(line.charAt(0)) >= 0
        && line.chars().allMatch(c -> c == line.charAt(0));
  }

  private static boolean isTable(String line) {
    return line.matches("[+|=][-+=| ].*");
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  /// Where the lines end that are blank or indented.
  private static int endOfIndented(List<String> lines, int start) {
    int end = start;
    while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) > 0)) {
      end++;
    }
    return end;
  }

  private static int endOfParagraph(List<String> lines, int start) {
    int end = start + 1;
    while (end < lines.size() && !lines.get(end).isBlank()) {
      end++;
    }
    return end;
  }

  private static List<String> unindented(List<String> lines) {
    return unindented(lines, Integer.MAX_VALUE);
  }

  /// Without the indentation that all lines have, or without so much of it.
  private static List<String> unindented(List<String> lines, int most) {
    int common =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(RestructuredText::indent)
            .min()
            .orElse(0);
    int cut = Math.min(common, most);
    return lines.stream().map(line -> line.length() < cut ? "" : line.substring(cut)).toList();
  }
}
