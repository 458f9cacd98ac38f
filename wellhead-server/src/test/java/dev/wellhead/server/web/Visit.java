package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A reader in a browser, who notes everything that should not happen.
final class Visit implements AutoCloseable {
  private static final String NOTE_VIOLATIONS =
      """
      addEventListener("securitypolicyviolation", (event) =>
        console.error("policy: " + event.violatedDirective + " " + event.blockedURI));
      """;
  private static final String SERIOUS =
      """
      () => axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations
        .filter((one) => one.impact === "serious" || one.impact === "critical")
        .map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ") + " "
          + (node.any[0]?.message ?? "")).slice(0, 5).join(", ")))
      """;

  private final URI house;
  private final BrowserContext context;
  private final Page page;
  private final List<String> troubles = new ArrayList<>();

  Visit(URI house, BrowserContext context) {
    this.house = house;
    this.context = context;
    context.addInitScript(NOTE_VIOLATIONS);
    page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("status of 404")) {
        troubles.add(message.text());
      }
    });
    page.onPageError(troubles::add);
    page.onDialog(dialog -> {
      troubles.add("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.onRequest(request -> {
      if (!request.url().startsWith(house.toString()) && !request.url().startsWith("data:")) {
        troubles.add("asked elsewhere: " + request.url());
      }
    });
  }

  Page page() {
    return page;
  }

  /// Goes to a path of the house and says with which status it answered.
  int open(String path) {
    Response answer = page.navigate(house.resolve(path).toString());
    return answer.status();
  }

  /// What went wrong so far: errors of scripts, breaches of the policy, requests to elsewhere.
  List<String> troubles() {
    return troubles;
  }

  /// Asserts what holds for every page.
  void assertFit(String what) {
    assertThat(troubles).as(what).isEmpty();
    assertThat(page.locator("h1").count()).as("%s: headings of the first order", what).isEqualTo(1);
    assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        .as("%s: pixels that are too wide", what)
        .isLessThanOrEqualTo(0);
    page.evaluate(axe());
    assertThat((List<?>) page.evaluate(SERIOUS)).as("%s: serious findings of axe", what).isEmpty();
    picture(what);
  }

  /// Takes a picture where `-Dpictures=FOLDER` asks for it.
  void picture(String what) {
    String folder = System.getProperty("pictures", "");
    if (!folder.isEmpty()) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of(folder, what.replaceAll("[^A-Za-z0-9-]+", "-") + ".png")));
    }
  }

  @Override
  public void close() {
    context.close();
  }

  private static String axe() {
    try (InputStream in =
        Objects.requireNonNull(Visit.class.getResourceAsStream("/axe/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
