package dev.wellhead.server.clients;

import java.util.List;

/// A command that ended: what it was, how it ended, and all it said.
record Run(List<String> command, int exit, String output) {

  /// This run, when it ended well; else an `AssertionError` with everything it said.
  Run succeeded() {
    if (exit != 0) {
      throw new AssertionError(told("ended with " + exit));
    }
    return this;
  }

  /// This run, when it did not end well; else an `AssertionError` with everything it said.
  Run failed() {
    if (exit == 0) {
      throw new AssertionError(told("ended well and should not have"));
    }
    return this;
  }

  /// This run, when it said `sentence`.
  Run said(String sentence) {
    if (!output.contains(sentence)) {
      throw new AssertionError(told("did not say '" + sentence + "'"));
    }
    return this;
  }

  String told(String what) {
    return String.join(" ", command) + "\n" + what + "; it said:\n" + output.indent(2);
  }
}
