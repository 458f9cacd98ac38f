package dev.wellhead.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a settings file.
final class SettingsText {
  private static final int LARGEST = 1 << 20;

  private SettingsText() {}

  /// The whole text; empty where there is no such file.
  ///
  /// @throws NotUnderstoodException where it is no text of a settings file's size
  static String read(Path file) throws NotUnderstoodException {
    if (!Files.exists(file)) {
      return "";
    }
    if (!Files.isRegularFile(file)) {
      throw new NotUnderstoodException(file + " is not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new NotUnderstoodException(file + " is larger than any settings file");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\uFEFF")) {
        throw new NotUnderstoodException(file + " begins with a byte order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new NotUnderstoodException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new NotUnderstoodException(file + " cannot be read", e);
    }
  }

  /// The end of line that the text uses.
  static String lineEnd(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /// The text with an end of line at its end, unless it is empty.
  static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + lineEnd(text);
  }
}
