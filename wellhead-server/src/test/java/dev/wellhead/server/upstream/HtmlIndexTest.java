package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.PageLimits;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.SimpleJson;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlIndexTest {
  @TempDir Path folder;

  @Test
  void a_page_of_html_says_what_html_can_say() throws Exception {
    try (FakeIndex index = html().yank(Wheels.SIX, "bad <wheel>");
        Room room = Room.over(index)) {
      index.requiresPython(Wheels.SIX, ">=3.9");
      assertThat(PageTest.fresh(room, null).page())
          .isEqualTo(
              new ProjectPage(
                  "",
                  ProjectStatus.ACTIVE,
                  List.of(),
                  List.of(
                      new FileEntry(
                          Wheels.SIX,
                          index.url().resolve(index.filePath(Wheels.SIX)).toString(),
                          Map.of("sha256", index.sha256(Wheels.SIX)),
                          null,
                          new UploadTime.Unstated(),
                          ">=3.9",
                          new Yank.Yanked("bad <wheel>"),
                          new MetadataFile.Unstated(),
                          null)),
                  null));
    }
  }

  @Test
  void html_with_all_that_it_has_a_place_for() throws Exception {
    Set<Feature> rich = EnumSet.copyOf(Feature.PYPI);
    rich.add(Feature.HTML);
    try (FakeIndex index = FakeIndex.start(rich).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      index.status("six", "deprecated");
      PageAnswer.Fresh fresh = PageTest.fresh(room, null);
      FileEntry file = fresh.page().files().getFirst();
      assertThat(file.metadataFile()).isInstanceOf(MetadataFile.Hashed.class);
      assertThat(file.provenance()).startsWith(index.url().resolve("/integrity/").toString());
      assertThat(file.url()).isEqualTo(index.fileUrl(Wheels.SIX).toString());
      assertThat(fresh.page().status().state()).isEqualTo(ProjectStatus.State.DEPRECATED);
      assertThat(room.upstream.page(Room.SIX, fresh.validators()))
          .isEqualTo(new PageAnswer.Unchanged(fresh.validators()));
    }
  }

  @Test
  void the_setting_decides_what_is_asked_for_and_what_is_read() throws Exception {
    try (FakeIndex json = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        FakeIndex html = html();
        Room jsonAlone = new Room(Room.settings(html).with(PageFormat.JSON));
        Room htmlAlone = new Room(Room.settings(json).with(PageFormat.HTML));
        Room htmlHappy = new Room(Room.settings(html).with(PageFormat.HTML))) {
      assertThat(jsonAlone.six())
          .isEqualTo(
              new PageAnswer.Refused(
                  html.url()
                      + "six/ answered with HTML (the content type \"text/html\"), and the setting"
                      + " `upstream.format` is \"json\". With \"auto\" what it gives is read; or see"
                      + " whether its Simple API is under another URL (setting `upstream.index`)."));
      assertThat(html.requests().getLast().header("Accept"))
          .contains("application/vnd.pypi.simple.v1+json");
      assertThat(htmlAlone.six().toString())
          .contains("answered with JSON", "`upstream.format` is \"html\"");
      assertThat(htmlHappy.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(html.requests().getLast().header("Accept"))
          .contains("application/vnd.pypi.simple.v1+html, text/html;q=0.5");
      Path into = folder.resolve("names.json");
      assertThat(jsonAlone.upstream.names(null, into).toString()).contains("answered with HTML");
      assertThat(htmlAlone.upstream.names(null, into).toString()).contains("answered with JSON");
    }
  }

  @Test
  void an_index_that_wants_to_be_asked_for_html_is() throws Exception {
    Set<Feature> strict = EnumSet.copyOf(Feature.HTML_ONLY);
    strict.add(Feature.HTML_OR_406);
    try (FakeIndex index = FakeIndex.start(strict).file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index);
        Room jsonAlone = new Room(Room.settings(index).with(PageFormat.JSON))) {
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(jsonAlone.six().toString()).contains("unexpected status 406");
    }
  }

  @Test
  void an_index_that_falls_back_to_html_is_followed() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
        Room room = Room.over(index)) {
      ProjectPage json = PageTest.fresh(room, null).page();
      index.trouble("/simple/six/", new Trouble.InHtml());
      ProjectPage html = PageTest.fresh(room, null).page();
      assertThat(html.files().getFirst().url()).isEqualTo(json.files().getFirst().url());
      assertThat(html.files().getFirst().hashes()).isEqualTo(json.files().getFirst().hashes());
      assertThat(html.files().getFirst().size()).isNull();
    }
  }

  @Test
  void a_page_of_html_is_unchanged_when_its_text_hashes_the_same() throws Exception {
    try (FakeIndex index = html();
        Room room = Room.over(index)) {
      Validators known = PageTest.fresh(room, null).validators();
      assertThat(room.upstream.page(Room.SIX, known)).isEqualTo(new PageAnswer.Unchanged(known));
      index.yank(Wheels.SIX, "bad");
      assertThat(PageTest.fresh(room, known).validators()).isNotEqualTo(known);
    }
  }

  @Test
  void files_without_a_sha256_come_with_what_there_is() throws Exception {
    for (Feature poor : List.of(Feature.MD5, Feature.NO_DIGESTS)) {
      Set<Feature> features = EnumSet.copyOf(Feature.HTML_ONLY);
      features.add(poor);
      try (FakeIndex index = FakeIndex.start(features).file(Wheels.SIX, Wheels.six());
          Room room = Room.over(index)) {
        FileEntry file = PageTest.fresh(room, null).page().files().getFirst();
        assertThat(file.sha256()).isEmpty();
        assertThat(file.hashes().keySet())
            .isEqualTo(poor == Feature.MD5 ? Set.of("md5") : Set.of());
      }
    }
  }

  @Test
  void a_link_elsewhere_is_refused_in_the_words_of_json() throws Exception {
    assertRefused("https://evil.test/" + Wheels.SIX, "a URL on https://evil.test, which is not");
    assertRefused("//evil.test/" + Wheels.SIX, "which is not a configured host");
    assertRefused("javascript:alert(1)//" + Wheels.SIX, "a URL that is not http(s)://host/path");
    assertRefused("data:application/zip,/" + Wheels.SIX, "a URL that is not http(s)://host/path");
    assertRefused("file:///etc/" + Wheels.SIX, "a URL that is not http(s)://host/path");
    assertRefused("http://u:p@evil.test/" + Wheels.SIX, "a URL with a user or a query");
    assertRefused("x/" + Wheels.SIX + "?token=secret", "a URL with a user or a query");
    assertRefused("../../../../../../" + Wheels.SIX, "whose path climbs or is ambiguous");
    assertRefused("x y/" + Wheels.SIX, "a URL that is none");
    assertRefused("x' ><base href='https://evil.test/'><a href='" + Wheels.SIX, "evil.test");
  }

  @Test
  void a_charset_is_taken_from_the_head_and_one_that_nobody_knows_is_passed_over()
      throws Exception {
    try (FakeIndex index = html();
        Room room = Room.over(index)) {
      String page = "<a href='/six-1.0-py3-none-any.whl' data-yanked='nichts f\u00FCr uns'>";
      for (String charset : List.of("utf-8", "UTF-8", "\"utf-8\"", "no-such-charset", "?")) {
        index.heal();
        index.trouble(
            "/simple/six/", new Trouble.Saying("text/html; x=y; charset=" + charset, page));
        assertThat(PageTest.fresh(room, null).page().files().getFirst().yank())
            .as(charset)
            .isEqualTo(new Yank.Yanked("nichts f\u00FCr uns"));
      }
      index.heal();
      index.trouble("/simple/six/", new Trouble.Saying("text/html;charset=iso-8859-1", page));
      assertThat(PageTest.fresh(room, null).page().files().getFirst().yank())
          .isEqualTo(new Yank.Yanked("nichts f\u00C3\u00BCr uns"));
    }
  }

  @Test
  void the_list_of_names_is_kept_as_json() throws Exception {
    Path into = folder.resolve("names.json");
    try (FakeIndex index = html().file("Seven_of.nine-1.0.tar.gz", new byte[1]);
        Room room = Room.over(index)) {
      NamesAnswer.Fresh fresh = (NamesAnswer.Fresh) room.upstream.names(null, into);
      assertThat(fresh.length()).isEqualTo(Files.size(into));
      List<String> names = new ArrayList<>();
      try (InputStream in = Files.newInputStream(into)) {
        SimpleJson.parseNames(in, PageLimits.ofNames(), names::add);
      }
      assertThat(names).containsExactly("seven-of-nine", "six");
      assertThat(room.upstream.names(fresh.validators(), into))
          .isEqualTo(new NamesAnswer.Unchanged(fresh.validators()));
      for (Trouble lie :
          List.of(Trouble.html(), new Trouble.Bomb(100_000), new Trouble.ContentType("text/x"))) {
        index.heal();
        index.trouble("/simple/", lie);
        assertThat(room.upstream.names(null, into)).isInstanceOf(NamesAnswer.Refused.class);
      }
      index.heal();
      index.trouble("/simple/", new Trouble.Truncated(20));
      assertThat(room.upstream.names(null, into)).isInstanceOf(NamesAnswer.Unreachable.class);
    }
  }

  private static FakeIndex html() {
    return FakeIndex.start(Feature.HTML_ONLY).file(Wheels.SIX, Wheels.six());
  }

  private static void assertRefused(String href, String... words) throws Exception {
    try (FakeIndex index = html();
        Room room = Room.over(index)) {
      String page = "<meta name='pypi:repository-version' content='1.0'><a href='" + href + "'>";
      index.trouble("/simple/six/", new Trouble.Saying("text/html", page));
      PageAnswer answer = room.six();
      assertThat(answer).as(href).isInstanceOf(PageAnswer.Refused.class);
      assertThat(answer.toString()).contains(words).doesNotContain("secret");
    }
  }
}
