package dev.wellhead.server.notify;

/// How many alarms are open, by severity.
public record AlarmCounts(long info, long warning, long critical) {
  /// None is open.
  public static final AlarmCounts NONE = new AlarmCounts(0, 0, 0);

  /// All of them.
  public long all() {
    return info + warning + critical;
  }

  /// Those of one severity.
  public long of(Severity severity) {
    return switch (severity) {
      case INFO -> info;
      case WARNING -> warning;
      case CRITICAL -> critical;
    };
  }
}
