package dev.wellhead.server.web;

import dev.wellhead.core.pypi.NameSearch;
import dev.wellhead.server.index.FoundName;
import dev.wellhead.server.index.FoundNames;
import java.util.Locale;

/// What a search found, as its page says it.
///
/// @param typed as it came
public record SearchPage(Shell shell, String typed, FoundNames found) {
  /// A name in three parts, the middle one being what was typed; that is empty where nothing of the
  /// name is as it was typed.
  public record Parts(String before, String typed, String after) {}

  public Words words() {
    return shell.words();
  }

  public boolean isAsked() {
    return !typed.isBlank();
  }

  /// What is told of the search in a sentence.
  public String summary() {
    if (!isAsked()) {
      return "";
    }
    return found.found().isEmpty()
        ? words().say("search.none")
        : words().count("search.found", found.found().size());
  }

  /// Which names were searched.
  public String extent() {
    return found.listed() == 0
        ? words().say("search.among-held", words().number(found.held()))
        : words().say("search.among", words().number(found.held()), words().number(found.listed()));
  }

  public Parts parts(FoundName name) {
    String wanted = NameSearch.normalized(typed);
    int at = isAsked() ? name.name().indexOf(wanted) : -1;
    return at < 0
        ? new Parts(name.name(), "", "")
        : new Parts(
            name.name().substring(0, at), wanted, name.name().substring(at + wanted.length()));
  }

  /// Where the project is, in a word.
  public String origin(FoundName name) {
    return words()
        .say(
            name.gone()
                ? "search.gone"
                : "search." + name.origin().name().toLowerCase(Locale.ROOT));
  }

  /// The class of the tag that says it.
  public String tag(FoundName name) {
    if (name.gone()) {
      return "tag warn";
    }
    return name.origin() == FoundName.Origin.HOSTED ? "tag good" : "tag";
  }

  public boolean isNear(FoundName name) {
    return name.kind() == NameSearch.Kind.NEAR || name.kind() == NameSearch.Kind.NEAR_PREFIX;
  }
}
