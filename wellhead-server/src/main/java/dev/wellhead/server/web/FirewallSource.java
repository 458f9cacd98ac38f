package dev.wellhead.server.web;

import dev.wellhead.server.db.DatabaseFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the pages of the firewall tell of, and the one thing that they change.
///
/// Every text may come from an attacker; pages escape all of it and make no links of it. Texts are
/// English, apart from what pages themselves say of rules, verdicts and modes.
public interface FirewallSource {
  /// What a short link leads to; empty where nothing has this token.
  ///
  /// @param token letters, digits, `-` and `_`, 64 at most
  Optional<Reason> reason(String token) throws DatabaseFault;

  /// The numbers up to now.
  Dashboard dashboard() throws DatabaseFault;

  /// What waits for a decision, the longest first.
  Holds holds(int from, int most) throws DatabaseFault;

  /// Decides about a hold.
  ///
  /// @param id as in [Hold]
  /// @param reason what people read of it; one to 500 characters
  /// @param by who decided, in words
  Decided decide(String id, Choice choice, String reason, String by) throws DatabaseFault;

  /// The policy in force, and how it came about.
  PolicyShown policy() throws DatabaseFault;

  /// Where the firewall learns from.
  List<Feed> feeds() throws DatabaseFault;

  /// What becomes of a file.
  enum Fate {
    ALLOW,
    WARN,
    HOLD,
    BLOCK,
    HIDE,
    CANNOT_TELL
  }

  /// How far a rule goes.
  enum Mode {
    OFF,
    OBSERVE,
    WARN,
    ENFORCE
  }

  /// What is talked about.
  ///
  /// @param version null where it is the whole project
  /// @param filename null where it is a whole release
  record About(String project, @Nullable String version, @Nullable String filename, String view) {}

  /// What one rule found.
  ///
  /// @param rule its id
  /// @param fix what to do about it; may be empty
  /// @param evidence line by line
  record Finding(
      String rule, Mode mode, Fate fate, String sentence, String fix, List<String> evidence) {
    public Finding {
      evidence = List.copyOf(evidence);
    }
  }

  /// Why a file is not served as it is.
  ///
  /// @param until when a hold ends by itself; null where somebody decides, or it never ends
  /// @param fine versions that are served, the newest first
  /// @param decider who decides, in words
  /// @param judged when it was decided so
  record Reason(
      About about,
      Fate fate,
      @Nullable Instant until,
      List<Finding> findings,
      List<String> fine,
      String decider,
      Instant judged) {
    public Reason {
      findings = List.copyOf(findings);
      fine = List.copyOf(fine);
    }
  }

  /// One day (UTC).
  ///
  /// @param stopped files that somebody asked for and did not get
  /// @param observed those that a rule would have stopped, were it enforced
  record Day(Instant start, long asked, long stopped, long observed) {}

  /// The numbers of the firewall.
  ///
  /// @param days without a gap, the oldest first
  /// @param held how many files wait for a decision
  /// @param latest what was stopped last, the latest first
  record Dashboard(List<Day> days, long held, List<Stopped> latest) {
    public Dashboard {
      days = List.copyOf(days);
      latest = List.copyOf(latest);
    }
  }

  /// A file that somebody asked for and did not get.
  ///
  /// @param rule the first that stopped it
  /// @param token of its reason page
  record Stopped(Instant at, About about, Fate fate, String rule, String token) {}

  /// Some of what waits.
  ///
  /// @param all how many there are
  record Holds(List<Hold> shown, long all) {
    public Holds {
      shown = List.copyOf(shown);
    }
  }

  /// What waits for a decision, or for its time.
  ///
  /// @param id what [#decide] takes: letters, digits, `-` and `_`
  /// @param until when it ends by itself; null where only a decision ends it
  /// @param asked how often somebody asked for it
  record Hold(
      String id,
      About about,
      Instant since,
      @Nullable Instant until,
      List<Finding> findings,
      long asked) {
    public Hold {
      findings = List.copyOf(findings);
    }
  }

  /// What an administrator chooses.
  enum Choice {
    RELEASE,
    BLOCK
  }

  /// What came of a decision.
  sealed interface Decided {
    /// It is in force.
    record Done() implements Decided {}

    /// It is not.
    ///
    /// @param why a sentence
    record Refused(String why) implements Decided {}
  }

  /// A policy.
  ///
  /// @param loads the latest first; those that were refused too
  /// @param replay what it would have done; null where nobody tried
  record PolicyShown(
      String origin,
      String sha256,
      Instant since,
      List<Rule> rules,
      List<Load> loads,
      @Nullable Replay replay) {
    public PolicyShown {
      rules = List.copyOf(rules);
      loads = List.copyOf(loads);
    }
  }

  /// A rule of the policy.
  ///
  /// @param settings in words, such as `minimum age 72 h`; may be empty
  /// @param scope the views and projects that it is for; empty for all
  record Rule(String id, Mode mode, String settings, String scope) {}

  /// An attempt to put a policy in force.
  ///
  /// @param problem why it was refused; empty where it was not
  record Load(Instant at, String origin, String sha256, String problem) {}

  /// What the policy would have done within the last days.
  record Replay(Instant at, int days, long asked, List<Hits> hits) {
    public Replay {
      hits = List.copyOf(hits);
    }
  }

  /// How much one rule would have stopped.
  record Hits(String rule, Mode mode, long files, long projects) {}

  /// Where the firewall learns from.
  ///
  /// @param loaded null where nothing ever came
  /// @param lag how far behind its source it is; null where that is not known
  /// @param broken how many records could not be read
  /// @param examples of those, each with its reason
  record Feed(
      String name,
      String kind,
      String source,
      FeedStanding standing,
      @Nullable Instant loaded,
      @Nullable Duration lag,
      long records,
      long broken,
      List<String> examples) {
    public Feed {
      examples = List.copyOf(examples);
    }
  }

  /// How a feed does.
  enum FeedStanding {
    NOT_CONFIGURED,
    CURRENT,
    QUIET
  }
}
