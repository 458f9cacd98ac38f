package dev.wellhead.core.pypi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `info` of the legacy JSON API: a release's core metadata under the API's own names.
final class LegacyInfo {
  private LegacyInfo() {}

  static void render(
      PageWriter out,
      ProjectPage page,
      String version,
      @Nullable ProjectInfo stated,
      List<FileEntry> files) {
    ProjectInfo info = stated != null ? stated : new ProjectInfo(Map.of(), null);
    out.raw("{\"author\":").jsonOrNull(info.first("Author"));
    text(out, "author_email", info.first("Author-email"));
    out.raw(",\"bugtrack_url\":null");
    list(out, "classifiers", info.all("Classifier"));
    text(out, "description", info.description());
    text(out, "description_content_type", info.first("Description-Content-Type"));
    out.raw(",\"docs_url\":null");
    text(out, "download_url", info.first("Download-URL"));
    out.raw(",\"downloads\":{\"last_day\":-1,\"last_month\":-1,\"last_week\":-1}");
    listOrNull(out, "dynamic", info.all("Dynamic"));
    text(out, "home_page", info.first("Home-page"));
    text(out, "keywords", info.first("Keywords"));
    text(out, "license", info.first("License"));
    text(out, "license_expression", info.first("License-Expression"));
    listOrNull(out, "license_files", info.all("License-File"));
    text(out, "maintainer", info.first("Maintainer"));
    text(out, "maintainer_email", info.first("Maintainer-email"));
    String name = info.first("Name");
    text(out, "name", name != null ? name : page.name());
    text(out, "package_url", "");
    text(out, "platform", info.first("Platform"));
    text(out, "project_url", "");
    projectUrls(out, info.all("Project-URL"));
    listOrNull(out, "provides_extra", info.all("Provides-Extra"));
    text(out, "release_url", "");
    listOrNull(out, "requires_dist", info.all("Requires-Dist"));
    String requiresPython = info.first("Requires-Python");
    text(
        out,
        "requires_python",
        requiresPython != null ? requiresPython : firstRequiresPython(files));
    text(out, "summary", info.first("Summary"));
    text(out, "version", version);
    LegacyJson.renderYank(out, yank(files));
    out.raw("}");
  }

  /// A release counts as yanked when all its files are.
  private static Yank yank(List<FileEntry> files) {
    Yank first = new Yank.Not();
    for (FileEntry file : files) {
      if (!(file.yank() instanceof Yank.Yanked(String reason))) {
        return new Yank.Not();
      }
      if (!(first instanceof Yank.Yanked(String earlier)) || earlier.isEmpty()) {
        first = new Yank.Yanked(reason);
      }
    }
    return first;
  }

  private static @Nullable String firstRequiresPython(List<FileEntry> files) {
    for (FileEntry file : files) {
      if (file.requiresPython() != null) {
        return file.requiresPython();
      }
    }
    return null;
  }

  /// Each value is a label, a comma and a URL.
  private static void projectUrls(PageWriter out, List<String> labelled) {
    Map<String, String> urls = new LinkedHashMap<>();
    for (String value : labelled) {
      int comma = value.indexOf(',');
      if (comma >= 0) {
        urls.put(value.substring(0, comma).strip(), value.substring(comma + 1).strip());
      }
    }
    out.raw(",\"project_urls\":");
    if (urls.isEmpty()) {
      out.raw("null");
      return;
    }
    String separator = "{";
    for (Map.Entry<String, String> url : urls.entrySet()) {
      out.raw(separator).json(url.getKey()).raw(":").json(url.getValue());
      separator = ",";
    }
    out.raw("}");
  }

  private static void text(PageWriter out, String key, @Nullable String value) {
    out.raw(",\"").raw(key).raw("\":").jsonOrNull(value);
  }

  private static void listOrNull(PageWriter out, String key, List<String> values) {
    if (values.isEmpty()) {
      out.raw(",\"").raw(key).raw("\":null");
    } else {
      list(out, key, values);
    }
  }

  private static void list(PageWriter out, String key, List<String> values) {
    out.raw(",\"").raw(key).raw("\":[");
    String separator = "";
    for (String value : values) {
      out.raw(separator).json(value);
      separator = ",";
    }
    out.raw("]");
  }
}
