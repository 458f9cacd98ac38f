package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Renders pages and keeps the rendered bytes: each page once per form and revision.
final class Forms {
  private record Key(ProjectName name, PageForm form) {}

  private final ExecutorService workshop;
  private final ServedLinks links;
  private final Cache<Key, RenderedPage> rendered;
  private final SingleFlight<Key, RenderedPage> renderings = new SingleFlight<>();

  /// @param workshop the bounded pool of platform threads: rendering is work, not waiting
  Forms(ExecutorService workshop, ServedLinks links, long cacheBytes) {
    this.workshop = workshop;
    this.links = links;
    this.rendered =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .weigher((Key key, RenderedPage page) -> page.weight())
            .build();
  }

  /// The page in this form at this revision, where it lies in memory.
  @Nullable RenderedPage remembered(ProjectName name, PageForm form, long revision) {
    RenderedPage page = rendered.getIfPresent(new Key(name, form));
    return page != null && page.revision() == revision ? page : null;
  }

  /// The page of `held` in this form, rendered now where it was not before.
  ///
  /// @param held asked only where there is something to render
  RenderedPage of(ProjectName name, PageForm form, long revision, HeldSupplier held)
      throws Exception {
    RenderedPage known = remembered(name, form, revision);
    if (known != null) {
      return known;
    }
    return renderings.run(
        new Key(name, form),
        () -> {
          HeldProject project =
              held.held()
                  .orElseThrow(() -> new IllegalStateException("nothing is held of " + name));
          RenderedPage page = workshop.submit(() -> render(project, form)).get();
          rendered.put(new Key(name, form), page);
          return page;
        });
  }

  /// The page that clients see: what is listed, with our own links.
  ProjectPage served(HeldProject held) {
    return new ProjectPage(
        held.name().normalized(),
        held.status(),
        held.versions(),
        held.listed().stream().map(file -> served(held.name(), file)).toList(),
        held.lastSerial());
  }

  private RenderedPage render(HeldProject held, PageForm form) {
    ProjectPage page = served(held);
    byte[] body =
        switch (form) {
          case JSON -> SimpleJson.renderPage(page);
          case HTML_V1, TEXT_HTML -> SimpleHtml.renderPage(page);
        };
    return RenderedPage.of(held.revision(), form, body);
  }

  private FileEntry served(ProjectName project, HeldFile file) {
    FileEntry entry = file.entry();
    boolean wheel = entry.filename().endsWith(".whl");
    MetadataFile metadata =
        switch (entry.metadataFile()) {
          case MetadataFile.Hashed hashed -> hashed;
          // METADATA of a wheel can always be had: from the source or out of the wheel itself.
          case MetadataFile.Announced _, MetadataFile.Unstated _, MetadataFile.Absent _ ->
              wheel ? new MetadataFile.Announced() : new MetadataFile.Absent();
        };
    String provenance =
        entry.provenance() == null
            ? null
            : links.provenance(project, Versions.of(project, entry.filename()), entry.filename());
    return entry
        .withUrl(links.fromPage(file.path()))
        .withMetadataFile(metadata)
        .withProvenance(provenance);
  }

  /// Looks a project up when it is needed.
  interface HeldSupplier {
    Optional<HeldProject> held() throws Exception;
  }
}
