package dev.wellhead.core.pypi;

import static dev.wellhead.core.pypi.PageForm.HTML_V1;
import static dev.wellhead.core.pypi.PageForm.JSON;
import static dev.wellhead.core.pypi.PageForm.TEXT_HTML;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what clients send: pip and pdm, uv, poetry, a browser, curl, setuptools, old pip
          application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01 | JSON
          application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01   | JSON
          application/vnd.pypi.simple.v1+json, */*;q=0.1                                    | JSON
          text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8         | TEXT_HTML
          */*                                                                               | TEXT_HTML
          text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2                              | TEXT_HTML
          text/html                                                                         | TEXT_HTML
          # weights
          application/vnd.pypi.simple.v1+json;q=0.1, text/html;q=0.2                        | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=0.1, application/vnd.pypi.simple.v1+html;q=0.101 | HTML_V1
          text/html;q=1.000, application/vnd.pypi.simple.v1+html;q=0.999                    | TEXT_HTML
          application/vnd.pypi.simple.v1+json;Q=0.5 , text/html ; q = 0.6                   | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=7, text/html                                | JSON
          # ties
          text/html, application/vnd.pypi.simple.v1+html, application/vnd.pypi.simple.v1+json | JSON
          text/html, application/vnd.pypi.simple.v1+html                                    | HTML_V1
          application/*                                                                     | JSON
          text/*                                                                            | TEXT_HTML
          text/*, application/*;q=0.9                                                       | TEXT_HTML
          # the more specific range decides, whatever its weight
          application/vnd.pypi.simple.v1+json;q=0.1, */*                                    | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=0.1, application/*, text/html;q=0.3         | HTML_V1
          application/vnd.pypi.simple.v1+json;q=0, application/vnd.pypi.simple.latest+json  | TEXT_HTML
          text/html;q=0.2, text/*, application/vnd.pypi.simple.v1+html;q=0.5                | HTML_V1
          # latest
          application/vnd.pypi.simple.latest+json                                           | JSON
          application/vnd.pypi.simple.latest+html                                           | HTML_V1
          application/vnd.pypi.simple.latest+json;q=0.3, text/html;q=0.4                    | TEXT_HTML
          # refused
          application/vnd.pypi.simple.v1+json;q=0, */*;q=0.1                                | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=0, application/vnd.pypi.simple.v1+html;q=0, */* | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=0                                           | TEXT_HTML
          */*;q=0                                                                           | TEXT_HTML
          # nothing of ours
          application/json                                                                  | TEXT_HTML
          application/vnd.pypi.simple.v2+json                                               | TEXT_HTML
          image/png                                                                         | TEXT_HTML
          # letters of either case, spaces, other parameters
          Application/VND.PyPI.Simple.V1+JSON                                               | JSON
          ' ,, application/vnd.pypi.simple.v1+json , '                                      | JSON
          'application/vnd.pypi.simple.v1+json;x="a,b;q=0";q=0.5, text/html;q=0.4'          | JSON
          'application/vnd.pypi.simple.v1+json;x="a\\",b;q=0";q=0.5, text/html;q=0.4'       | JSON
          # what cannot be read is passed over
          application/vnd.pypi.simple.v1+json;q=high, text/html;q=0.1                       | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=, text/html;q=0.1                           | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=-1, text/html;q=0.1                         | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q=0.1.1, text/html;q=0.1                      | TEXT_HTML
          application/vnd.pypi.simple.v1+json;q="                                           | TEXT_HTML
          ;;==;q=1,/,*/html,application/vnd.pypi.simple.v1+json;q=0.1                       | JSON
          application/vnd.pypi.simple.v1+json;                                              | JSON
          """)
  void the_header_decides(String accept, PageForm form) {
    assertThat(Negotiation.choose(List.of(accept), null)).isEqualTo(form);
  }

  @Test
  void without_a_header_it_is_html_for_everybody() {
    assertThat(Negotiation.choose(List.of(), null)).isEqualTo(TEXT_HTML);
    assertThat(Negotiation.choose(List.of(""), null)).isEqualTo(TEXT_HTML);
  }

  @Test
  void several_headers_count_as_one() {
    assertThat(
            Negotiation.choose(
                List.of("text/html;q=0.5", "application/vnd.pypi.simple.v1+html"), null))
        .isEqualTo(HTML_V1);
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.pypi.simple.v1+json,     JSON",
    "application/vnd.pypi.simple.v1 json,     JSON",
    "application/vnd.pypi.simple.latest+json, JSON",
    "application/vnd.pypi.simple.v1+html,     HTML_V1",
    "application/vnd.pypi.simple.latest html, HTML_V1",
    "Text/HTML,                               TEXT_HTML",
  })
  void the_format_parameter_goes_before_the_header(String format, PageForm form) {
    assertThat(Negotiation.choose(List.of("*/*"), format)).isEqualTo(form);
    assertThat(Negotiation.choose(List.of(), format)).isEqualTo(form);
    assertThat(Negotiation.choose(List.of("text/html"), format)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({"json", "application/json", "application/vnd.pypi.simple.v2+json", "''", "*/*"})
  void an_unknown_format_leaves_it_to_the_header(String format) {
    assertThat(Negotiation.choose(List.of("application/vnd.pypi.simple.v1+json"), format))
        .isEqualTo(JSON);
    assertThat(Negotiation.choose(List.of(), format)).isEqualTo(TEXT_HTML);
  }

  @Test
  void a_long_header_of_nothing_is_read_once() {
    String header = String.join("", Collections.nCopies(200_000, ";q=\",\"="));
    assertThat(Negotiation.choose(List.of(header), null)).isEqualTo(TEXT_HTML);
    String ranges = String.join(",", Collections.nCopies(500_000, "*"));
    assertThat(Negotiation.choose(List.of(ranges), null)).isEqualTo(TEXT_HTML);
  }
}
