package dev.wellhead.server.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One browser for all tests of a run, handed to whoever has a parameter of this type.
final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /// How a reader looks at a page.
  record Screen(String locale, ColorScheme colours, int width) {
    static final Screen DESK = new Screen("en-GB", ColorScheme.LIGHT, 1280);
    static final Screen PHONE = new Screen("zh-CN", ColorScheme.DARK, 390);

    @Override
    public String toString() {
      return locale.substring(0, 2) + "-" + colours.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
  }

  private final Playwright playwright;
  private final Browser browser;

  private Chromium() {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
  }

  /// A reader without any cookie.
  Visit visit(URI house, Screen screen) {
    return visit(house, screen, true);
  }

  /// The same, with scripts or without.
  Visit visit(URI house, Screen screen, boolean scripts) {
    return new Visit(
        house,
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale(screen.locale())
                .setColorScheme(screen.colours())
                .setViewportSize(screen.width(), screen.width() < 600 ? 844 : 800)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
                .setJavaScriptEnabled(scripts)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /// Opens the browser with the first test that asks, closes it after the last.
  static final class Shared implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE =
        ExtensionContext.Namespace.create(Chromium.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(PLACE)
          .computeIfAbsent(Chromium.class, _ -> new Chromium(), Chromium.class);
    }
  }
}
