package dev.wellhead.server.boot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the reference page says of one setting, beside the record component that holds it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /// One or two sentences for the person who runs the server.
  String value();

  /// The value where nobody gives one, written as in the file; empty means that there is none.
  String fallback() default "";

  /// Whether the fallback also holds in tables that people name; there the key must be given where
  /// it does not.
  boolean isForNamed() default true;

  /// The least number that is accepted.
  int least() default 0;

  /// The greatest number that is accepted.
  int most() default Integer.MAX_VALUE;
}
