package dev.wellhead.server.catalog;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The names of the projects of a source that are held, also of those that are gone there.
public final class HeldNames {
  private final Database database;

  public HeldNames(Database database) {
    this.database = database;
  }

  /// How many there are. It is asked again and again whether there are new ones, so that it must be
  /// answered by the key alone.
  public long count(SourceId source) throws DatabaseFault {
    return database.<Long>read(tx ->
        tx.createQuery("SELECT count(*) FROM project WHERE source = :source")
            .bind("source", source.value())
            .mapTo(Long.class)
            .one());
  }

  /// The next names behind `after`, in the order of the database; empty where there is no further
  /// one. In portions, since a source may have a million.
  public List<String> next(SourceId source, String after, int most) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT name FROM project WHERE source = :source AND name > :after
                ORDER BY name LIMIT :most
                """)
            .bind("source", source.value())
            .bind("after", after)
            .bind("most", most)
            .mapTo(String.class)
            .list());
  }

  /// Those of `names` that their source no longer has.
  public Set<String> gone(SourceId source, Collection<String> names) throws DatabaseFault {
    if (names.isEmpty()) {
      return Set.of();
    }
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT name FROM project
                WHERE source = :source AND name IN (<names>) AND gone_ms IS NOT NULL
                """)
            .bind("source", source.value())
            .bindList("names", List.copyOf(names))
            .mapTo(String.class)
            .set());
  }
}
