package dev.wellhead.core.policy;

/// What came of one of the policy's own tests; the sentence says what was expected and what came.
public record TestResult(String name, int line, boolean passed, String sentence) {}
