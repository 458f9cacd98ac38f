package dev.wellhead.server.upstream;

import java.time.Instant;
import java.util.List;

/// Says how the hosts are doing in one sentence.
final class Reports {
  private Reports() {}

  static String state(List<Health.Host> hosts) {
    List<String> troubles =
        hosts.stream().filter(Reports::isInTrouble).map(Reports::trouble).toList();
    if (!troubles.isEmpty()) {
      return String.join(" ", troubles);
    }
    return hosts.stream().allMatch(host -> host.lastSuccess() == null)
        ? "Not asked yet."
        : "Answers.";
  }

  private static boolean isInTrouble(Health.Host host) {
    Instant failure = host.lastFailure();
    Instant success = host.lastSuccess();
    return host.circuit() != Health.Circuit.CLOSED
        || (failure != null && (success == null || success.isBefore(failure)));
  }

  private static String trouble(Health.Host host) {
    String next =
        switch (host.circuit()) {
          case CLOSED -> "";
          case OPEN -> " It is not asked again before " + host.askedAgainAt() + ".";
          case HALF_OPEN -> " It is being asked again.";
        };
    return host.origin() + " failed at " + host.lastFailure() + ": " + host.failure() + next;
  }
}
