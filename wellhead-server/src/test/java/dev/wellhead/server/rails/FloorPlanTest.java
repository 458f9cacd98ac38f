package dev.wellhead.server.rails;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FloorPlanTest {
  private static final String ROOT = "dev.wellhead.";

  private static final JavaClasses ROOMS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT + "core", ROOT + "server");

  @Test
  void arrows_go_down_only() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : ROOMS) {
      for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
        Optional<String> to = room(arrow.getTargetClass());
        to.flatMap(target -> FloorPlan.forbidden(room(type).orElseThrow(), target))
            .ifPresent(why -> wrong.add(arrow.getDescription() + " -- " + why));
      }
    }
    assertThat(ROOMS).as("classes to judge").isNotEmpty();
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_package_is_a_room_of_the_plan() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass type : ROOMS) {
      String room = room(type).orElseThrow();
      if (!FloorPlan.has(room)) {
        unknown.add(
            room + " is no room: enter it in FloorPlan and ARCHITECTURE.md with its one sentence");
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void each_kind_of_forbidden_arrow_says_what_to_do_instead() {
    assertThat(FloorPlan.forbidden("server.index", "server.catalog")).isEmpty();
    assertThat(FloorPlan.forbidden("server.catalog", "core.pypi")).isEmpty();
    assertThat(FloorPlan.forbidden("server.firewall", "server.inspection")).isEmpty();
    assertThat(FloorPlan.forbidden("core.attest", "core.tlog")).isEmpty();
    assertThat(FloorPlan.forbidden("server.index", "server.release"))
        .get()
        .asString()
        .startsWith("doors do not know one another");
    assertThat(FloorPlan.forbidden("server.catalog", "server.ledger"))
        .get()
        .asString()
        .startsWith("rooms of one floor");
    assertThat(FloorPlan.forbidden("server.db", "server.blob"))
        .get()
        .asString()
        .startsWith("tools do not know one another");
    assertThat(FloorPlan.forbidden("server.db", "server.catalog"))
        .get()
        .asString()
        .startsWith("arrows go down only");
    assertThat(FloorPlan.forbidden("server.web", "server.boot"))
        .get()
        .asString()
        .startsWith("nobody but boot");
    assertThat(FloorPlan.forbidden("core.pypi", "server.db"))
        .get()
        .asString()
        .startsWith("the core is pure");
    assertThat(FloorPlan.forbidden("core.pypi", "core.policy"))
        .get()
        .asString()
        .startsWith("core rooms know only");
  }

  /// `server.index` for a class of that room or of a package within it; empty for foreign classes.
  private static Optional<String> room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT + "core.") && !name.startsWith(ROOT + "server.")) {
      return Optional.empty();
    }
    String[] parts = name.substring(ROOT.length()).split("\\.", -1);
    return Optional.of(parts[0] + "." + parts[1]);
  }
}
