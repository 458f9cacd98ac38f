package dev.wellhead.core.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What is known of one file in one view. Immutable; a fact that nobody gathered is unknown.
public final class Facts {
  private final Subject subject;
  private final Map<FactKey<?>, Fact<?>> known;

  private Facts(Subject subject, Map<FactKey<?>, Fact<?>> known) {
    this.subject = subject;
    this.known = known;
  }

  public static Builder about(Subject subject) {
    return new Builder(subject, Map.of());
  }

  public Subject subject() {
    return subject;
  }

  /// What is known by this name.
  public <T> Fact<T> of(FactKey<T> key) {
    Fact<?> fact = known.get(key);
    return switch (fact) {
      case null -> new Fact.Unknown<>("was not gathered");
      case Fact.Known<?>(Object value) -> new Fact.Known<>(key.cast(value));
      case Fact.Unknown<?>(String why) -> new Fact.Unknown<>(why);
      case Fact.Pending<?> _ -> new Fact.Pending<>();
    };
  }

  /// The keys that something was said about, unknown ones among them.
  public Set<FactKey<?>> keys() {
    return known.keySet();
  }

  /// These facts and more: after the bytes have come, what was pending is said again.
  public Builder and() {
    return new Builder(subject, known);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Facts facts
        && subject.equals(facts.subject)
        && known.equals(facts.known);
  }

  @Override
  public int hashCode() {
    return 31 * subject.hashCode() + known.hashCode();
  }

  @Override
  public String toString() {
    return subject + " " + known;
  }

  /// Collects facts; the last word about a key counts.
  public static final class Builder {
    private final Subject subject;
    private final Map<FactKey<?>, Fact<?>> facts;

    private Builder(Subject subject, Map<FactKey<?>, Fact<?>> facts) {
      this.subject = subject;
      this.facts = new LinkedHashMap<>(facts);
    }

    public <T> Builder known(FactKey<T> key, T value) {
      return with(key, new Fact.Known<>(value));
    }

    public <T> Builder unknown(FactKey<T> key, String why) {
      return with(key, new Fact.Unknown<>(why));
    }

    public <T> Builder pending(FactKey<T> key) {
      return with(key, new Fact.Pending<>());
    }

    public <T> Builder with(FactKey<T> key, Fact<T> fact) {
      facts.put(
          key, fact instanceof Fact.Known<T>(T value) ? new Fact.Known<>(key.cast(value)) : fact);
      return this;
    }

    public Facts build() {
      return new Facts(subject, new LinkedHashMap<>(facts));
    }
  }
}
