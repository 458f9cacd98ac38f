package dev.wellhead.server.web;

import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.ProblemPages;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Makes pages out of templates, with the headers that every page has.
final class Pages implements ProblemPages {
  /// Scripts and styles of ours alone, nothing inline, nothing from elsewhere; markup is made out
  /// of text by htmx alone, through the one policy of `guard.js`.
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
          + " require-trusted-types-for 'script'; trusted-types htmx";

  private final Messages messages = new Messages();
  private final StaticFiles files;
  private final Ways ways;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "gg.jte.generated.wellhead");

  Pages(StaticFiles files, Ways ways) {
    this.files = files;
    this.ways = ways;
  }

  /// What the page that answers `request` stands in.
  Shell shell(Request request) {
    return shell(request, ways.openAlarms().getAsLong());
  }

  private Shell shell(Request request, long openAlarms) {
    Taste taste = Taste.of(request);
    return new Shell(request, taste, messages.in(taste.language()), files, ways, openAlarms);
  }

  Response page(Request request, String template, Object model) {
    return page(request, 200, template, model);
  }

  Response page(Request request, int status, String template, Object model) {
    Response.Builder answer =
        Response.status(status)
            .header("Cache-Control", "no-store")
            .header("Content-Security-Policy", POLICY)
            .header("X-Content-Type-Options", "nosniff")
            .header("X-Frame-Options", "DENY")
            .header("Referrer-Policy", "no-referrer");
    Taste.of(request).cookies().forEach(cookie -> answer.header("Set-Cookie", cookie));
    return answer.bytes(CONTENT_TYPE, rendered(template, model).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Page> page(Request request, Problem problem) {
    return Weights.asksForPage(request.headers("Accept"))
        ? Optional.of(
            new Page(
                rendered(
                    "problem.jte",
                    new Trouble(shell(request, ways.rememberedAlarms().getAsLong()), problem)),
                POLICY))
        : Optional.empty();
  }

  private String rendered(String template, Object model) {
    StringOutput out = new StringOutput();
    templates.render(template, Map.of("it", model), out);
    return out.toString();
  }
}
