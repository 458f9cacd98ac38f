package dev.wellhead.core.pypi;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Reads one page of the Simple API from its HTML elements, keeping what it needs and passing over
/// the rest.
final class HtmlPageReader {
  private final URI at;
  private final PageLimits limits;
  private final AnchorReader anchors;
  private final PageFiles files;

  private @Nullable URI base;
  private boolean isMarked;
  private ProjectStatus.State state = ProjectStatus.State.ACTIVE;
  private String reason = "";

  /// @param at the page's own URL
  HtmlPageReader(URI at, PageLimits limits) {
    this.at = at;
    this.limits = limits;
    anchors = new AnchorReader(limits);
    files = new PageFiles(limits);
  }

  /// One element of a project's page.
  void readOfProject(Element element) throws MalformedPageException {
    switch (element.normalName()) {
      case "a" -> {
        FileEntry file = anchors.read(element);
        if (file != null && !files.contains(file)) {
          files.add(file);
        }
      }
      case "base" -> readBase(element);
      case "meta" -> readMeta(element);
      default -> {}
    }
  }

  /// The page of a project, once all its elements were read.
  ProjectPage project() throws MalformedPageException {
    List<FileEntry> read = files.inOrder();
    requireIndex(!read.isEmpty(), "it links to no distribution file");
    return new ProjectPage(
        "",
        new ProjectStatus(state, reason),
        List.of(),
        base == null ? read : read.stream().map(this::based).toList(),
        null);
  }

  /// One element of the list of all projects; a name goes to `names` as it comes.
  void readOfNames(Element element, NamesRead names) throws MalformedPageException {
    switch (element.normalName()) {
      case "a" -> readName(element, names);
      case "base" -> readBase(element);
      case "meta" -> readMeta(element);
      default -> {}
    }
  }

  /// What the list came to, once all its elements were read.
  void requireNames(NamesRead names) throws MalformedPageException {
    requireIndex(names.count > 0, "it links to no folder below its own");
  }

  /// Counts what it passes on.
  static final class NamesRead {
    private final Consumer<String> names;
    private int count;

    NamesRead(Consumer<String> names) {
      this.names = names;
    }
  }

  /// A project's link leads to a folder right below the list's own; its text is often cut or
  /// adorned, and counts for the spelling only.
  private void readName(Element anchor, NamesRead names) throws MalformedPageException {
    Optional<ProjectName> linked =
        resolved(BoundedHtml.attribute(anchor, "href", limits).strip()).flatMap(this::child);
    if (linked.isEmpty()) {
      return;
    }
    if (++names.count > limits.maxEntries()) {
      throw new MalformedPageException(
          "The page has more than " + limits.maxEntries() + " entries in `projects`.");
    }
    String text = anchor.text().strip();
    names.names.accept(ProjectName.of(text).equals(linked) ? text : linked.get().normalized());
  }

  private Optional<ProjectName> child(URI url) {
    String folder = String.valueOf(at.resolve(".").getRawPath());
    String path = String.valueOf(url.normalize().getRawPath());
    if (!path.startsWith(folder)) {
      return Optional.empty();
    }
    String below = path.substring(folder.length());
    String name = below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
    String decoded = AnchorReader.decoded(name);
    return decoded == null ? Optional.empty() : ProjectName.of(decoded);
  }

  /// Of several the first counts, for all links of the page, those before it too.
  private void readBase(Element element) throws MalformedPageException {
    if (base == null && element.hasAttr("href")) {
      String href = BoundedHtml.attribute(element, "href", limits).strip();
      try {
        base = at.resolve(new URI(href));
      } catch (URISyntaxException e) {
        throw new MalformedPageException(
            "The page has a `base` that is no URL: " + PageRules.quoted(href) + ".");
      }
    }
  }

  private void readMeta(Element element) throws MalformedPageException {
    String content = BoundedHtml.attribute(element, "content", limits);
    switch (element.attr("name")) {
      case "pypi:repository-version" -> {
        PageRules.requireKnownVersion("pypi:repository-version", content.strip());
        isMarked = true;
      }
      case "pypi:project-status" ->
          state = ProjectStatus.State.of(content.strip()).orElse(ProjectStatus.State.ACTIVE);
      case "pypi:project-status-reason" -> reason = PageRules.keepable(content);
      default -> {}
    }
  }

  private FileEntry based(FileEntry file) {
    return resolved(file.url()).map(url -> file.withUrl(url.toString())).orElse(file);
  }

  /// Empty for what is no URL.
  private Optional<URI> resolved(String href) {
    try {
      return Optional.of((base == null ? at : base).resolve(new URI(href)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// Any page of any site is HTML; what a proxy or a sign-in page says in place of the index must
  /// not empty a project.
  private void requireIndex(boolean hasEntries, String lack) throws MalformedPageException {
    if (!hasEntries && !isMarked) {
      throw new MalformedPageException(
          "The page is HTML and no page of a Simple API: "
              + lack
              + " and has no `pypi:repository-version`. A sign-in page looks so.");
    }
  }
}
