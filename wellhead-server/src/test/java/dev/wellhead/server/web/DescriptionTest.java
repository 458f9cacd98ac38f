package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class DescriptionTest {
  /// Every element and attribute that a description may have, spelled as it is written here.
  private static final Pattern TAG =
      Pattern.compile(
          "</?(h[1-6]|p|ul|ol|li|em|strong|code|pre|blockquote|hr|br|table|thead|tbody|tr|th|td|span|a)"
              + "( (class=\"(image|text|language-[^\"<> ]*)\"|start=\"\\d+\"|align=\"(left|right|center)\""
              + "|rel=\"nofollow noopener noreferrer ugc\"|href=\"(https?://|mailto:)[^\"<>]*\"))*( /)?>");

  private static final String DEEP = ">".repeat(20_000) + " deep";

  static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<svg/onload=alert(1)>",
          "text <b onmouseover=\"alert(1)\">x</b>",
          "[x](javascript:alert(1))",
          "[x](JaVaScRiPt:alert(1))",
          "[x](java\tscript:alert(1))",
          "[x](&#106;avascript:alert(1))",
          "[x](data:text/html,<script>alert(1)</script>)",
          "[x](vbscript:msgbox)",
          "[x](//evil.example/)",
          "[x](https://evil.example/\"onmouseover=\"alert(1))",
          "[x](<https://evil.example/\" onmouseover=\"alert(1)>)",
          "[x](https://ok.example/ \"title\\\" onmouseover=\\\"alert(1)\")",
          "![x](https://track.example/pixel.png)",
          "![\"><script>alert(1)</script>](javascript:alert(1))",
          "[![x](https://a.example/b.svg)](https://c.example/)",
          "<javascript:alert(1)>",
          "<https://ok.example/'onclick='x>",
          "```\"><script>alert(1)</script>\ncode\n```",
          "```language-x\" onclick=\"alert(1)\ncode\n```",
          "| a | b |\n|:--|--:|\n| <script>x</script> | [y](javascript:z) |",
          "<!-- --!><script>alert(1)</script> -->",
          "<style>body{display:none}</style>",
          "<base href=https://evil.example/>",
          "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
          "</div></main><form action=https://evil.example/><input name=password>",
          "\u0000<script>\u0000alert(1)</script>",
          "`x <javascript:alert(1)>`_",
          "`x <https://a.example/\"><script>alert(1)</script>>`_",
          ".. image:: javascript:alert(1)\n   :alt: \"><script>alert(1)</script>",
          ".. raw:: html\n\n   <script>alert(1)</script>",
          ".. _x: javascript:alert(1)\n\nx_ and `x`_",
          ".. include:: /etc/passwd",
          ".. code-block:: html\n\n   </code></pre><script>alert(1)</script>",
          "Title <script>\n==============",
          "* ".repeat(5_000) + "deep",
          "  * x\n".repeat(3_000),
          DEEP,
          "[".repeat(20_000),
          "*a **b ".repeat(10_000),
          "`".repeat(30_000),
          "|x".repeat(30_000),
          "a_".repeat(30_000),
          "x".repeat(500_000));

  private static final List<String> TYPES =
      List.of("text/markdown", "text/markdown; variant=GFM", "text/x-rst", "", "text/plain", "a/b");

  static final List<String> hostile = HOSTILE;

  @ParameterizedTest
  @FieldSource("hostile")
  void nothing_but_harmless_markup_comes_out(String text) {
    for (String type : TYPES) {
      String html = Description.html(text, type);

      assertThat(TAG.matcher(html).replaceAll("")).as(type).doesNotContain("<").doesNotContain(">");
      assertThat(html.length()).isLessThan(4_000_000);
    }
  }

  @Test
  void markdown_keeps_what_people_read_it_for() {
    assertThat(
            Description.html(
                "# Title\n\nText with `code` and [a link](https://a.example/).\n\n- one\n- two\n",
                "text/markdown"))
        .isEqualTo(
            "<h3>Title</h3>\n"
                + "<p>Text with <code>code</code> and <a rel=\"nofollow noopener noreferrer ugc\""
                + " href=\"https://a.example/\">a link</a>.</p>\n"
                + "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
  }

  @Test
  void an_image_is_a_link_and_nothing_is_loaded() {
    assertThat(Description.html("![Build](https://a.example/badge.svg)", "text/markdown"))
        .contains("href=\"https://a.example/badge.svg\"", "<span class=\"image\">Build</span>")
        .doesNotContain("<img");
  }

  @Test
  void of_html_in_markdown_the_text_is_left() {
    assertThat(Description.html("<p align=\"center\">\n<b>Fast</b> & small\n</p>", "text/markdown"))
        .contains("Fast", "small")
        .doesNotContain("align");
  }

  @Test
  void restructured_text_keeps_the_common_part() {
    String text =
        """
        Title
        =====

        Some *emphasis*, ``code`` and `a link <https://a.example/>`_, see docs_.

        - one
        - two::

            literal

        .. code-block:: python

           print("x")

        .. _docs: https://docs.example/
        """;

    assertThat(Description.html(text, "text/x-rst"))
        .isEqualTo(
            "<h3>Title</h3><p>Some <em>emphasis</em>, <code>code</code> and"
                + " <a href=\"https://a.example/\" rel=\"nofollow noopener noreferrer ugc\">a"
                + " link</a>, see <a href=\"https://docs.example/\" rel=\"nofollow noopener"
                + " noreferrer ugc\">docs</a>.</p><ul><li><p>one</p></li><li><p>two:</p><pre><code>"
                + "literal</code></pre></li></ul><pre><code>print(&quot;x&quot;)</code></pre>");
  }

  @Test
  void other_text_is_shown_as_it_is() {
    assertThat(Description.html("a <b>\n  c", "text/plain"))
        .isEqualTo("<pre class=\"text\">a &lt;b&gt;\n  c</pre>");
  }
}
