package dev.wellhead.server.index;

import dev.wellhead.core.policy.Finding;
import dev.wellhead.core.policy.HoldEnd;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Response;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The words of a file that may not leave: on its page, in the reason phrase that pip and poetry
/// print, and in the problem document that uv prints. Each ends in the short address where the
/// whole story is.
final class Stops {
  /// What clients and proxies pass on whole.
  private static final int LONGEST_PHRASE = 150;

  private static final int LONGEST_REASON = 400;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Supplier<URI> publicUrl;

  Stops(Supplier<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// The reason as it stands on the page of the project, in the place of a yank's.
  String onPage(Verdicts.Ruling ruling) {
    String more =
        ruling.judgement().verdict() instanceof Verdict.Warn ? "warning" : word(ruling.judgement());
    return cut("Wellhead: " + more + ": " + sentence(ruling.judgement()), LONGEST_REASON)
        + " More: "
        + link(ruling);
  }

  /// The reason of a project that is bad as a whole.
  String ofProject(String sentence) {
    return cut("Wellhead: blocked: " + sentence, LONGEST_REASON);
  }

  /// The answer to whoever asked for the file, its metadata or a part of it.
  ///
  /// @param filename which was asked for
  Response answer(Verdicts.Ruling ruling, String filename, Instant now) {
    Judgement judgement = ruling.judgement();
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("type", link(ruling));
    more.put("verdict", plain(judgement));
    more.put("file", filename);
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : judgement.findings()) {
      if (finding.stops()) {
        findings.add(
            Map.of("rule", finding.rule(), "reason", finding.sentence(), "fix", finding.fix()));
      }
    }
    more.put("findings", findings);
    Response answer =
        new Problem(
                status(judgement),
                title(judgement),
                detail(judgement, ruling),
                until(more, judgement))
            .toResponse(phrase(ruling));
    return judgement.verdict() instanceof Verdict.Hold(HoldEnd.Until(Instant end))
        ? answer.with(
            "Retry-After", Long.toString(Math.max(1, ChronoUnit.SECONDS.between(now, end) + 1)))
        : answer;
  }

  private static Map<String, Object> until(Map<String, Object> more, Judgement judgement) {
    if (judgement.verdict() instanceof Verdict.Hold(HoldEnd.Until(Instant end))) {
      more.put("until", end.toString());
    }
    return more;
  }

  /// ASCII, and no longer than proxies let through; the address is never cut.
  String phrase(Verdicts.Ruling ruling) {
    String link = " " + link(ruling);
    String words = "Wellhead: " + word(ruling.judgement()) + ": " + sentence(ruling.judgement());
    return cut(ascii(words), LONGEST_PHRASE - link.length()) + link;
  }

  private String detail(Judgement judgement, Verdicts.Ruling ruling) {
    StringBuilder detail = new StringBuilder(title(judgement)).append(": ");
    for (Finding finding : judgement.findings()) {
      if (finding.stops()) {
        detail.append(finding.sentence());
        if (!finding.fix().isEmpty()) {
          detail.append(' ').append(finding.fix());
        }
        detail.append(' ');
      }
    }
    return cut(detail.toString().strip(), 2_000) + " More: " + link(ruling);
  }

  private static int status(Judgement judgement) {
    if (judgement.verdict() instanceof Verdict.Hide) {
      return 404;
    }
    // RFC 7725: what the law keeps from being handed out.
    boolean licence =
        judgement.findings().stream()
            .filter(Finding::stops)
            .findFirst()
            .filter(finding -> finding.rule().equals("licence"))
            .isPresent();
    return licence ? 451 : 403;
  }

  private static String title(Judgement judgement) {
    return switch (judgement.verdict()) {
      case Verdict.Hold _ -> "Held";
      case Verdict.Block _ -> "Blocked";
      case Verdict.Hide _ -> "No such file";
      case Verdict.CannotTell _ -> "Held, since it could not be found out";
      case Verdict.Allow _, Verdict.Warn _ -> "Served";
    };
  }

  private static String plain(Judgement judgement) {
    return switch (judgement.verdict()) {
      case Verdict.Allow _ -> "allow";
      case Verdict.Warn _ -> "warn";
      case Verdict.Hold _ -> "hold";
      case Verdict.Block _ -> "block";
      case Verdict.Hide _ -> "hide";
      case Verdict.CannotTell _ -> "cannot-tell";
    };
  }

  private static String word(Judgement judgement) {
    return switch (judgement.verdict()) {
      case Verdict.Hold(HoldEnd.Until(Instant end)) ->
          "held until " + MINUTE.format(end.plusSeconds(59));
      case Verdict.Hold(HoldEnd.Decided()) -> "held until somebody decides";
      case Verdict.CannotTell _ -> "held, cannot tell";
      case Verdict.Block _ -> "blocked";
      case Verdict.Hide _ -> "not found";
      case Verdict.Warn _ -> "warning";
      case Verdict.Allow _ -> "allowed";
    };
  }

  private static String sentence(Judgement judgement) {
    return judgement
        .headline()
        .map(Finding::sentence)
        .map(sentence ->
            sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
        .orElse("no reason is known");
  }

  private String link(Verdicts.Ruling ruling) {
    return publicUrl.get() + "b/" + ruling.token();
  }

  private static String ascii(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
    return plain.toString();
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 4)) ? length - 4 : length - 3;
    return text.substring(0, end) + "...";
  }
}
