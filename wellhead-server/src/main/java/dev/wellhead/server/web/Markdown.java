package dev.wellhead.server.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.html.UrlSanitizer;

/// Markdown as markup: of HTML in it only the text is left, images become links to them, headings
/// go two levels down, since the page has a heading of its own.
final class Markdown {
  private static final Pattern TAG = Pattern.compile("<!--.*?-->|<[^<>]*>", Pattern.DOTALL);
  private static final int DEEPEST = 100;
  private static final int HEADINGS_DOWN = 2;

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .maxOpenBlockParsers(DEEPEST)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create()))
          .escapeHtml(true) // of whatever the renderers below do not take
          .sanitizeUrls(true)
          .urlSanitizer(new OnlyHarmless())
          .nodeRendererFactory(Images::new)
          .nodeRendererFactory(Tags::new)
          .attributeProviderFactory(_ -> new Rel())
          .softbreak("\n")
          .build();

  private Markdown() {}

  /// Empty where the text nests deeper than anything that people write.
  static Optional<String> html(String text) {
    Node document = PARSER.parse(text);
    return depth(document) > DEEPEST ? Optional.empty() : Optional.of(RENDERER.render(document));
  }

  /// Without recursion, which the text could make as deep as it likes. Moves headings on the way.
  private static int depth(Node document) {
    int deepest = 0;
    int depth = 0;
    Node node = document;
    while (node != null) {
      if (node instanceof Heading heading) {
        heading.setLevel(Math.min(6, heading.getLevel() + HEADINGS_DOWN));
      }
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
        deepest = Math.max(deepest, ++depth);
        continue;
      }
      while (node != null && node.getNext() == null) {
        node = node.getParent();
        depth--;
      }
      node = node == null ? null : node.getNext();
    }
    return deepest;
  }

  private static final class OnlyHarmless implements UrlSanitizer {
    @Override
    public String sanitizeLinkUrl(String url) {
      return Description.isHarmless(url) ? url : "";
    }

    @Override
    public String sanitizeImageUrl(String url) {
      return "";
    }
  }

  private static final class Rel implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
      attributes.remove("title");
      if (tagName.equals("a")) {
        if (attributes.getOrDefault("href", "").isEmpty()) {
          attributes.remove("href");
        }
        attributes.put("rel", "nofollow noopener noreferrer ugc");
      }
    }
  }

  /// HTML is off: of a block the text between its tags is left, escaped as any other text.
  private static final class Tags implements NodeRenderer {
    private final HtmlWriter html;

    Tags(HtmlNodeRendererContext context) {
      this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(HtmlBlock.class, HtmlInline.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof HtmlBlock block) {
        String text = TAG.matcher(block.getLiteral()).replaceAll(" ").strip();
        if (!text.isEmpty()) {
          html.tag("p");
          html.text(text);
          html.tag("/p");
        }
      } else if (node instanceof HtmlInline inline && inline.getLiteral().startsWith("<br")) {
        html.tag("br", Map.of(), true);
      }
    }
  }

  /// Nothing is loaded from elsewhere: an image is a link with its description.
  private static final class Images implements NodeRenderer {
    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;

    Images(HtmlNodeRendererContext context) {
      this.context = context;
      this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Image.class);
    }

    @Override
    public void render(Node node) {
      Image image = (Image) node;
      boolean linked = image.getParent() instanceof Link;
      boolean harmless = !linked && Description.isHarmless(image.getDestination());
      if (harmless) {
        html.tag(
            "a", Map.of("href", image.getDestination(), "rel", "nofollow noopener noreferrer ugc"));
      }
      html.tag("span", Map.of("class", "image"));
      Node child = image.getFirstChild();
      if (child == null) {
        html.text("🖼");
      }
      while (child != null) {
        context.render(child);
        child = child.getNext();
      }
      html.tag("/span");
      if (harmless) {
        html.tag("/a");
      }
    }
  }
}
