package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Affected;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.db.DatabaseFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers OSV's questions from the advisories that are held, the block lists and what was blocked
/// here.
final class OsvAnswers {
  private static final int PAGE_RECORDS = 200;
  private static final int PAGE_BYTES = 8 << 20;
  private static final int PAGE_IDS = 1_000;

  private final Feeds feeds;
  private final OwnBlocks own;
  private final JsonMapper json = new JsonMapper();

  OsvAnswers(Feeds feeds, OwnBlocks own) {
    this.feeds = feeds;
    this.own = own;
  }

  /// A record that a question is answered with.
  private sealed interface Found {
    String id();

    record Held(Holdings.Copy copy) implements Found {
      @Override
      public String id() {
        return copy.advisory().id();
      }
    }

    record Blocked(BlockRecord block) implements Found {
      @Override
      public String id() {
        return block.id();
      }
    }
  }

  /// Whole records, a page of them; nothing at all where there are none, as OSV has it.
  ObjectNode records(OsvQuery query) throws DatabaseFault {
    ObjectNode answer = json.createObjectNode();
    List<Found> found = found(query);
    if (!found.isEmpty()) {
      ArrayNode records = answer.putArray("vulns");
      long bytes = 0;
      String last = "";
      for (Found one : found) {
        if (records.size() >= PAGE_RECORDS || bytes >= PAGE_BYTES) {
          answer.put("next_page_token", last);
          break;
        }
        bytes += one instanceof Found.Held(Holdings.Copy copy) ? copy.json().length : 0;
        records.add(record(one));
        last = one.id();
      }
    }
    return answer;
  }

  /// Ids and times alone, a page of them.
  ObjectNode ids(OsvQuery query) throws DatabaseFault {
    ObjectNode answer = json.createObjectNode();
    List<Found> found = found(query);
    if (!found.isEmpty()) {
      ArrayNode ids = answer.putArray("vulns");
      for (Found one : found) {
        if (ids.size() >= PAGE_IDS) {
          answer.put("next_page_token", found.get(PAGE_IDS - 1).id());
          break;
        }
        String modified =
            switch (one) {
              case Found.Held(Holdings.Copy copy) -> copy.advisory().times().modified().toString();
              case Found.Blocked(BlockRecord block) -> block.since().toString();
            };
        ids.addObject().put("id", one.id()).put("modified", modified);
      }
    }
    return answer;
  }

  /// The record of this id, withdrawn or not.
  Optional<ObjectNode> record(String id) throws DatabaseFault {
    Optional<ProjectName> blocked = BlockRecord.projectOf(id);
    if (blocked.isPresent()) {
      return blocks(blocked.get()).stream()
          .filter(block -> block.id().equals(id))
          .findFirst()
          .map(BlockRecord::toJson);
    }
    Optional<Holdings.Copy> held = feeds.record(id);
    return held.isEmpty() ? Optional.empty() : Optional.of(record(new Found.Held(held.get())));
  }

  private List<Found> found(OsvQuery query) throws DatabaseFault {
    ProjectName project = query.project();
    if (project == null) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    for (Holdings.Copy copy : feeds.records(project)) {
      if (covers(copy.advisory(), project, query.version())) {
        found.add(new Found.Held(copy));
      }
    }
    for (BlockRecord block : blocks(project)) {
      if (block.covers(query.version())) {
        found.add(new Found.Blocked(block));
      }
    }
    found.removeIf(one -> one.id().compareTo(query.after()) <= 0);
    found.sort(Comparator.comparing(Found::id));
    return found;
  }

  private static boolean covers(Advisory advisory, ProjectName project, String version) {
    if (advisory.isWithdrawn()) {
      return false;
    }
    if (version.isEmpty()) {
      return true;
    }
    Optional<Version> parsed = Version.parse(version);
    return parsed.isPresent()
        ? advisory.covers(project, parsed.get(), null).isCertain()
        : advisory.affected().stream()
            .filter(affected -> affected.project().equals(project))
            .map(Affected::versions)
            .anyMatch(versions -> versions.spelled().contains(version));
  }

  private List<BlockRecord> blocks(ProjectName project) throws DatabaseFault {
    List<BlockRecord> blocks = new ArrayList<>();
    for (OwnBlocks.OwnBlock block : own.all()) {
      BlockRecord.of(block.pattern(), block.reason(), block.since())
          .filter(one -> one.project().equals(project))
          .ifPresent(blocks::add);
    }
    for (ListedBlock block : feeds.blocks(project)) {
      BlockRecord.of(block.subject(), block.reason(), block.since())
          .filter(one -> blocks.stream().noneMatch(other -> other.id().equals(one.id())))
          .ifPresent(blocks::add);
    }
    return blocks;
  }

  private ObjectNode record(Found found) {
    return switch (found) {
      case Found.Held(Holdings.Copy copy) -> (ObjectNode) json.readTree(copy.json());
      case Found.Blocked(BlockRecord block) -> block.toJson();
    };
  }
}
