package dev.wellhead.server.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// What lies in a folder: files that are named like distributions, what could not be looked at, and
/// how much else there is. Links to folders are not followed.
final class Survey {
  private static final List<String> ENDINGS = List.of(".whl", ".tar.gz", ".zip");

  private final Path folder;
  private final List<FoundFile> found = new ArrayList<>();
  private final List<Done.Refused> unreadable = new ArrayList<>();
  private long others;

  private Survey(Path folder) {
    this.folder = folder;
  }

  static Survey of(Path folder) throws IOException {
    Survey survey = new Survey(folder);
    Files.walkFileTree(folder, survey.visitor());
    return survey;
  }

  List<FoundFile> found() {
    return found;
  }

  List<Done.Refused> unreadable() {
    return unreadable;
  }

  long others() {
    return others;
  }

  private FileVisitor<Path> visitor() {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (ENDINGS.stream().noneMatch(name::endsWith) || !Files.isRegularFile(file)) {
          others++;
          return FileVisitResult.CONTINUE;
        }
        try {
          found.add(FoundFile.at(file, place(file)));
        } catch (IOException e) {
          unreadable.add(cannot(file, e));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(folder)) {
          throw e;
        }
        unreadable.add(cannot(file, e));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(
          Path visited, @org.jspecify.annotations.Nullable IOException e) {
        if (e != null) {
          unreadable.add(cannot(visited, e));
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private String place(Path file) {
    return folder.relativize(file).toString();
  }

  private Done.Refused cannot(Path file, IOException e) {
    return new Done.Refused(place(file), 0, FolderFile.unreadable(e));
  }
}
