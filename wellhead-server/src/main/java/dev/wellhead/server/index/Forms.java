package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.PageForm;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.SimpleHtml;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Renders pages and keeps the rendered bytes: each page once per view, form and revision.
final class Forms {
  private record Key(String view, ProjectName name, PageForm form) {}

  private final ExecutorService workshop;
  private final ServedLinks links;
  private final Gate gate;
  private final InstantSource clock;
  private final Cache<Key, RenderedPage> rendered;
  private final SingleFlight<Key, RenderedPage> renderings = new SingleFlight<>();

  /// @param workshop the bounded pool of platform threads: rendering is work, not waiting
  Forms(
      ExecutorService workshop,
      ServedLinks links,
      Gate gate,
      long cacheBytes,
      InstantSource clock) {
    this.workshop = workshop;
    this.links = links;
    this.gate = gate;
    this.clock = clock;
    this.rendered =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .weigher((Key key, RenderedPage page) -> page.weight())
            .build();
  }

  /// The page in this form of what was found, where it lies in memory.
  @Nullable RenderedPage remembered(
      View view, ProjectName name, PageForm form, Finding.Found found) {
    RenderedPage page = rendered.getIfPresent(new Key(view.name(), name, form));
    return page != null && page.isOf(found.parts()) && gate.holds(page.verdicts(), clock.instant())
        ? page
        : null;
  }

  /// The page of what was found in this form, rendered now where it was not before.
  RenderedPage of(View view, ProjectName name, PageForm form, Finding.Found found)
      throws Exception {
    Key key = new Key(view.name(), name, form);
    RenderedPage known = rendered.getIfPresent(key);
    if (known != null && known.isOf(found.parts()) && gate.stillHolds(known.verdicts())) {
      return known;
    }
    return renderings.run(
        key,
        () -> {
          View.Shown shown = view.shown(name, found);
          RenderedPage page = workshop.submit(() -> render(view, shown, form)).get();
          rendered.put(key, page);
          return page;
        });
  }

  /// The page of a name that has none because it is reserved (PEP 792: quarantined).
  RenderedPage reserved(ProjectName name, PageForm form, String why) {
    ProjectStatus status = new ProjectStatus(ProjectStatus.State.QUARANTINED, name + " " + why);
    ProjectPage page = new ProjectPage(name.normalized(), status, List.of(), List.of(), null);
    return RenderedPage.of(List.of(), List.of(), form, body(page, List.of(), form));
  }

  /// The page that clients see: what is listed, with our own links.
  ProjectPage served(View view, HeldProject held) {
    return new ProjectPage(
        held.name().normalized(),
        held.status(),
        held.versions(),
        held.listed().stream().map(file -> served(view, held.name(), file)).toList(),
        held.lastSerial());
  }

  private RenderedPage render(View view, View.Shown shown, PageForm form) {
    byte[] body = body(served(view, shown.project()), shown.joined(), form);
    return RenderedPage.of(shown.marks(), shown.verdicts(), form, body);
  }

  private static byte[] body(ProjectPage page, List<String> joined, PageForm form) {
    return switch (form) {
      case JSON -> SimpleJson.renderPage(page, joined);
      case HTML_V1, TEXT_HTML -> SimpleHtml.renderPage(page, joined);
    };
  }

  private FileEntry served(View view, ProjectName project, HeldFile file) {
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
            : links.provenance(
                view.folder(), project, Versions.of(project, entry.filename()), entry.filename());
    return entry
        .withUrl(links.fromPage(file.path()))
        .withMetadataFile(metadata)
        .withProvenance(provenance);
  }
}
