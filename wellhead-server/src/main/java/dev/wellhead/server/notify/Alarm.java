package dev.wellhead.server.notify;

/// Something that a person should know: raised with [Alarms#raise].
///
/// What is said may come from an attacker (a project's name, an advisory). So each text is cut to
/// its length and becomes one line without control characters, whatever it was; nobody who raises
/// an alarm needs to see to that, and none is lost for having said too much.
///
/// @param key tells what it is about: while one with this key stands, further ones are counted in
///   it. Such as `policy-refused`, or `feed-quiet:osv`
/// @param subject in a few words, such as `Feed osv is quiet`
/// @param sentence what is the case, where, and what to do
/// @param owner who should see to it, in words, such as `administrator`
public record Alarm(String key, Severity severity, String subject, String sentence, String owner) {
  /// The owner of what the person who runs the server has to see to.
  public static final String ADMINISTRATOR = "administrator";

  static final int KEY = 300;
  static final int SUBJECT = 120;
  static final int SENTENCE = 2_000;
  static final int OWNER = 80;

  public Alarm {
    key = OneLine.of(key, KEY);
    subject = OneLine.of(subject, SUBJECT);
    sentence = OneLine.of(sentence, SENTENCE);
    owner = OneLine.of(owner, OWNER);
    if (key.isEmpty() || subject.isEmpty()) {
      throw new IllegalArgumentException("an alarm has a key and a subject: " + sentence);
    }
  }
}
