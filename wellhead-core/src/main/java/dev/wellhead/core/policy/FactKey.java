package dev.wellhead.core.policy;

/// The name of a fact, with the type of its value. The keys are those of [FactKeys].
public final class FactKey<T> {
  private final String name;
  private final Class<?> type;
  private final Moment moment;
  private final String meaning;

  /// When a fact can be known.
  public enum Moment {
    /// From the index, feeds and history.
    PAGE,
    /// From the file's bytes.
    ARRIVAL
  }

  FactKey(String name, Class<?> type, Moment moment, String meaning) {
    this.name = name;
    this.type = type;
    this.moment = moment;
    this.meaning = meaning;
  }

  /// As policies and pages name it: `upload-time`.
  public String name() {
    return name;
  }

  public Moment moment() {
    return moment;
  }

  /// What it says, for people: a clause.
  public String meaning() {
    return meaning;
  }

  /// `value` as the fact's own type. What stands inside a list or a set cannot be seen at run time:
  /// there the signatures of [Facts.Builder] hold.
  @SuppressWarnings("unchecked") // the class was checked, and generics are held by the builder
  T cast(Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("the fact " + name + " cannot be " + value);
    }
    return (T) value;
  }

  @Override
  public String toString() {
    return name;
  }
}
