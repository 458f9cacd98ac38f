package dev.wellhead.server.index;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The names of several sorted lists, each once and in order, without holding them.
final class MergedNames implements Iterator<String>, Closeable {
  private record Head(String name, Iterator<String> rest) {}

  private final Deque<BufferedReader> open = new ArrayDeque<>();
  private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::name));
  private @Nullable String next;

  /// @param files lists with a name on each line
  /// @param own names that are there whether they are wanted or not
  /// @param wanted which names of the files
  MergedNames(List<Path> files, List<String> own, Predicate<String> wanted) throws IOException {
    for (Path file : files) {
      BufferedReader reader = Files.newBufferedReader(file);
      open.push(reader);
      add(reader.lines().filter(wanted).iterator());
    }
    add(own.iterator());
    advance(null);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public String next() {
    String name = next;
    if (name == null) {
      throw new NoSuchElementException();
    }
    advance(name);
    return name;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private void advance(@Nullable String before) {
    next = null;
    while (next == null && !heads.isEmpty()) {
      Head head = heads.remove();
      add(head.rest());
      next = head.name().equals(before) ? null : head.name();
    }
  }

  private void add(Iterator<String> names) {
    if (names.hasNext()) {
      heads.add(new Head(names.next(), names));
    }
  }
}
