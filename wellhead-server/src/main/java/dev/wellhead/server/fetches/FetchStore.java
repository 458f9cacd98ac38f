package dev.wellhead.server.fetches;

import dev.wellhead.core.pypi.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The tables of fetches, in the caller's transaction.
final class FetchStore {
  private FetchStore() {}

  private record FileKey(Sha256 sha256, String filename, String project) {}

  private record ClientKey(String address, ClientSoftware software) {}

  private record Pair(long file, long client) {}

  /// What one client did with one file within a batch.
  private record Tally(long first, long last, long count, long whole, long bytes) {
    static Tally of(Fetch fetch) {
      long at = fetch.at().toEpochMilli();
      return new Tally(at, at, 1, isWhole(fetch) ? 1 : 0, fetch.bytes());
    }

    Tally plus(Tally other) {
      return new Tally(
          Math.min(first, other.first),
          Math.max(last, other.last),
          count + other.count,
          whole + other.whole,
          bytes + other.bytes);
    }
  }

  /// A number for a process that writes, which its batches are counted under.
  static long newWriter(Handle tx) {
    return tx.createQuery("INSERT INTO fetch_writer (batch) VALUES (0) RETURNING id")
        .mapTo(Long.class)
        .one();
  }

  /// Adds a batch, unless it is here already: its commit took hold and the answer was lost.
  static void add(Handle tx, long writer, long number, List<Fetch> batch) {
    int news =
        tx.createUpdate(
                "UPDATE fetch_writer SET batch = :number WHERE id = :id AND batch < :number")
            .bind("number", number)
            .bind("id", writer)
            .execute();
    if (news == 0) {
      return;
    }
    Map<FileKey, Long> files = files(tx, batch);
    Map<ClientKey, Long> clients = clients(tx, batch);
    Map<Pair, Tally> tallies = new HashMap<>();
    PreparedBatch raw =
        tx.prepareBatch(
            """
            INSERT INTO fetch_raw (at_ms, file_id, client_id, whole, bytes)
            VALUES (:at, :file, :client, :whole, :bytes)
            """);
    for (Fetch fetch : batch) {
      Pair pair = new Pair(number(files, fileKey(fetch)), number(clients, clientKey(fetch)));
      tallies.merge(pair, Tally.of(fetch), Tally::plus);
      raw.bind("at", fetch.at().toEpochMilli())
          .bind("file", pair.file())
          .bind("client", pair.client())
          .bind("whole", isWhole(fetch))
          .bind("bytes", fetch.bytes())
          .add();
    }
    raw.execute();
    see(tx, tallies);
    FetchHours.add(tx, batch);
    tx.createUpdate("UPDATE fetch_total SET fetches = fetches + :fetches, bytes = bytes + :bytes")
        .bind("fetches", batch.size())
        .bind("bytes", batch.stream().mapToLong(Fetch::bytes).sum())
        .execute();
  }

  /// Who fetched the file, the latest first. The clients are joined to what remains after the
  /// limit, so that a file of a million clients is answered at once.
  static List<Seen> seenBy(Handle tx, Sha256 sha256, int limit) {
    return tx.createQuery(
            """
            SELECT newest.filename, client.address, client.tool, client.version,
              client.implementation, client.python, client.system, client.ci,
              newest.first_ms, newest.last_ms, newest.count, newest.whole, newest.bytes
            FROM (
              SELECT file.filename, seen.client_id, seen.first_ms, seen.last_ms, seen.count,
                seen.whole, seen.bytes
              FROM fetch_file AS file JOIN fetch_seen AS seen ON seen.file_id = file.id
              WHERE file.sha256 = :sha256
              ORDER BY seen.last_ms DESC, seen.client_id, file.id
              LIMIT :limit
            ) AS newest
            JOIN fetch_client AS client ON client.id = newest.client_id
            ORDER BY newest.last_ms DESC, newest.client_id, newest.filename
            """)
        .bind("sha256", sha256.hex())
        .bind("limit", limit)
        .map((row, _) -> seen(row))
        .list();
  }

  static Map<Sha256, Instant> lastFetched(Handle tx, Collection<Sha256> files) {
    Map<Sha256, Instant> last = new HashMap<>();
    tx.createQuery(
            """
            SELECT file.sha256, max(seen.last_ms) AS last_ms
            FROM fetch_file AS file JOIN fetch_seen AS seen ON seen.file_id = file.id
            WHERE file.sha256 IN (<files>) GROUP BY file.sha256
            """)
        .bindList("files", files.stream().map(Sha256::hex).toList())
        .map((row, _) ->
            Map.entry(
                new Sha256(row.getString("sha256")), Instant.ofEpochMilli(row.getLong("last_ms"))))
        .forEach(entry -> last.put(entry.getKey(), entry.getValue()));
    return last;
  }

  static FetchTotals totals(Handle tx) {
    return tx.createQuery(
            """
            SELECT fetches, bytes, (SELECT count(*) FROM fetch_file) AS files,
              (SELECT count(*) FROM fetch_client) AS clients
            FROM fetch_total
            """)
        .map((row, _) ->
            new FetchTotals(
                row.getLong("fetches"),
                row.getLong("bytes"),
                row.getLong("files"),
                row.getLong("clients")))
        .one();
  }

  static List<FileUse> useOf(Handle tx, String project) {
    return tx.createQuery(
            "SELECT sha256, filename, first_ms, last_ms FROM fetch_file WHERE project = :project")
        .bind("project", project)
        .map((row, _) ->
            new FileUse(
                new Sha256(row.getString("sha256")),
                row.getString("filename"),
                Instant.ofEpochMilli(row.getLong("first_ms")),
                Instant.ofEpochMilli(row.getLong("last_ms"))))
        .list();
  }

  static List<Sha256> fetchedBefore(Handle tx, Instant moment) {
    return tx.createQuery("SELECT DISTINCT sha256 FROM fetch_file WHERE first_ms < :moment")
        .bind("moment", moment.toEpochMilli())
        .mapTo(String.class)
        .map(Sha256::new)
        .list();
  }

  static Optional<Instant> firstFetch(Handle tx) {
    return tx.createQuery("SELECT min(first_ms) FROM fetch_file WHERE first_ms > 0")
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  static List<FetchedFile> mostFetched(Handle tx, int limit) {
    return tx.createQuery(
            """
            SELECT sha256, filename, project, fetches FROM fetch_file
            ORDER BY fetches DESC, id LIMIT :limit
            """)
        .bind("limit", limit)
        .map((row, _) ->
            new FetchedFile(
                new Sha256(row.getString("sha256")),
                row.getString("filename"),
                row.getString("project"),
                row.getLong("fetches")))
        .list();
  }

  private static Map<FileKey, Long> files(Handle tx, List<Fetch> batch) {
    Map<FileKey, Tally> tallies = new HashMap<>();
    batch.forEach(fetch -> tallies.merge(fileKey(fetch), Tally.of(fetch), Tally::plus));
    Map<FileKey, Long> numbers = new HashMap<>();
    tallies.forEach((file, tally) ->
        numbers.put(
            file,
            tx.createQuery(
                    """
                    INSERT INTO fetch_file
                      (sha256, filename, project, fetches, first_ms, last_ms)
                    VALUES (:sha256, :filename, :project, :count, :first, :last)
                    ON CONFLICT (sha256, filename, project)
                    DO UPDATE SET fetches = fetch_file.fetches + excluded.fetches,
                      last_ms = CASE WHEN excluded.last_ms > fetch_file.last_ms
                        THEN excluded.last_ms ELSE fetch_file.last_ms END
                    RETURNING id
                    """)
                .bind("sha256", file.sha256().hex())
                .bind("filename", file.filename())
                .bind("project", file.project())
                .bind("count", tally.count())
                .bind("first", tally.first())
                .bind("last", tally.last())
                .mapTo(Long.class)
                .one()));
    return numbers;
  }

  /// `DO UPDATE` in place of `DO NOTHING`, which would return no number.
  private static Map<ClientKey, Long> clients(Handle tx, List<Fetch> batch) {
    Map<ClientKey, Long> numbers = new HashMap<>();
    for (Fetch fetch : batch) {
      ClientKey key = clientKey(fetch);
      if (!numbers.containsKey(key)) {
        ClientSoftware software = key.software();
        numbers.put(
            key,
            tx.createQuery(
                    """
                    INSERT INTO fetch_client
                      (address, tool, version, implementation, python, system, ci)
                    VALUES (:address, :tool, :version, :implementation, :python, :system, :ci)
                    ON CONFLICT (address, tool, version, implementation, python, system, ci)
                    DO UPDATE SET ci = excluded.ci
                    RETURNING id
                    """)
                .bind("address", key.address())
                .bind("tool", software.tool())
                .bind("version", software.version())
                .bind("implementation", software.implementation())
                .bind("python", software.python())
                .bind("system", software.system())
                .bind("ci", software.ci())
                .mapTo(Long.class)
                .one());
      }
    }
    return numbers;
  }

  private static void see(Handle tx, Map<Pair, Tally> tallies) {
    PreparedBatch seen =
        tx.prepareBatch(
            """
            INSERT INTO fetch_seen (file_id, client_id, first_ms, last_ms, count, whole, bytes)
            VALUES (:file, :client, :first, :last, :count, :whole, :bytes)
            ON CONFLICT (file_id, client_id) DO UPDATE SET
              first_ms = CASE WHEN excluded.first_ms < fetch_seen.first_ms
                THEN excluded.first_ms ELSE fetch_seen.first_ms END,
              last_ms = CASE WHEN excluded.last_ms > fetch_seen.last_ms
                THEN excluded.last_ms ELSE fetch_seen.last_ms END,
              count = fetch_seen.count + excluded.count,
              whole = fetch_seen.whole + excluded.whole,
              bytes = fetch_seen.bytes + excluded.bytes
            """);
    tallies.forEach((pair, tally) ->
        seen.bind("file", pair.file())
            .bind("client", pair.client())
            .bind("first", tally.first())
            .bind("last", tally.last())
            .bind("count", tally.count())
            .bind("whole", tally.whole())
            .bind("bytes", tally.bytes())
            .add());
    seen.execute();
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(
        row.getString("filename"),
        row.getString("address"),
        new ClientSoftware(
            row.getString("tool"),
            row.getString("version"),
            row.getString("implementation"),
            row.getString("python"),
            row.getString("system"),
            row.getBoolean("ci")),
        Instant.ofEpochMilli(row.getLong("first_ms")),
        Instant.ofEpochMilli(row.getLong("last_ms")),
        row.getLong("count"),
        row.getLong("whole"),
        row.getLong("bytes"));
  }

  private static <K> long number(Map<K, Long> numbers, K key) {
    Long number = numbers.get(key);
    if (number == null) {
      throw new IllegalStateException("not numbered: " + key);
    }
    return number;
  }

  private static FileKey fileKey(Fetch fetch) {
    return new FileKey(fetch.file(), fetch.filename(), fetch.project());
  }

  private static ClientKey clientKey(Fetch fetch) {
    return new ClientKey(fetch.address(), fetch.client());
  }

  private static boolean isWhole(Fetch fetch) {
    return fetch.extent() == Fetch.Extent.WHOLE;
  }
}
