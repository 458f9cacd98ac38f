package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Requirement;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Which release requires which project, as far as METADATA was read here. What nobody installed or
/// looked at is not in it.
public final class Dependencies {
  private static final int LONGEST = 500;
  private static final int MOST_REQUIREMENTS = 2_000;
  private static final int MOST_ROWS = 5_000;

  private final Database database;

  Dependencies(Database database) {
    this.database = database;
  }

  /// Notes what the release that `document` describes requires, in place of what was noted of it
  /// before. Requirements that cannot be read are left out.
  public void learn(SourceId source, ProjectName project, MetadataDocument document)
      throws DatabaseFault {
    String version =
        document
            .version()
            .map(text -> Version.parse(text).map(Version::toString).orElse(text))
            .map(Dependencies::bounded)
            .orElse("");
    Map<String, String> required = new LinkedHashMap<>();
    document.requiresDist().stream()
        .limit(MOST_REQUIREMENTS)
        .flatMap(text -> Requirement.parse(text).toOptional().stream())
        .forEach(requirement ->
            required.merge(
                requirement.project().normalized(),
                bounded(requirement.toString()),
                (one, other) -> bounded(one + "\n" + other)));
    database.write(tx -> {
      replace(tx, source, project, version, required);
      return required.size();
    });
  }

  /// The projects that require `required`, each with its newest release that does, by name.
  public List<Dependent> on(ProjectName required, int most) throws DatabaseFault {
    List<Dependent> all =
        database.read(tx ->
            tx.createQuery(
                    """
                    SELECT project, version, requirement FROM dependency
                    WHERE required = :required ORDER BY project, version LIMIT :rows
                    """)
                .bind("required", required.normalized())
                .bind("rows", MOST_ROWS)
                .map((row, context) ->
                    new Dependent(
                        row.getString("project"),
                        row.getString("version"),
                        row.getString("requirement")))
                .list());
    Map<String, Dependent> newest = new TreeMap<>();
    all.forEach(dependent -> newest.merge(dependent.project(), dependent, Dependencies::newer));
    return newest.values().stream().limit(most).toList();
  }

  private static Dependent newer(Dependent one, Dependent other) {
    return BY_VERSION.compare(one, other) >= 0 ? one : other;
  }

  private static final Comparator<Dependent> BY_VERSION =
      Comparator.comparing(
          dependent -> Version.parse(dependent.version()).orElse(null),
          Comparator.nullsFirst(Comparator.naturalOrder()));

  private static void replace(
      Handle tx,
      SourceId source,
      ProjectName project,
      String version,
      Map<String, String> required) {
    tx.createUpdate(
            """
            DELETE FROM dependency
            WHERE source = :source AND project = :project AND version = :version
            """)
        .bind("source", source.value())
        .bind("project", project.normalized())
        .bind("version", version)
        .execute();
    if (required.isEmpty()) {
      return;
    }
    var batch =
        tx.prepareBatch(
            """
            INSERT INTO dependency (source, project, version, required, requirement)
            VALUES (:source, :project, :version, :required, :requirement)
            ON CONFLICT (source, project, version, required) DO NOTHING
            """);
    required.forEach((name, requirement) ->
        batch
            .bind("source", source.value())
            .bind("project", project.normalized())
            .bind("version", version)
            .bind("required", name)
            .bind("requirement", requirement)
            .add());
    batch.execute();
  }

  /// PostgreSQL takes no NUL, and no half of a character.
  private static String bounded(String text) {
    String clean = text.replace('\0', '?');
    if (clean.length() <= LONGEST) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return clean.substring(0, end) + "…";
  }
}
