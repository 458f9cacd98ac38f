package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Good pages with bytes changed, lost and doubled by chance: each is read or refused, and what was
/// read can be written.
class MutatedPagesTest {
  private static final int ROUNDS = 10_000;

  private static final byte[] PAGE =
      """
      {"meta":{"api-version":"1.4","_last-serial":"7"},"name":"six","versions":["1.0","2é"],
      "project-status":{"status":"archived","reason":"x\\u00e9\\ud83d\\ude00\\\\"},"files":[
      {"filename":"a-1.0.tar.gz","url":"../a#b","hashes":{"md5":"00112233445566778899aabbccddeeff"},
      "size":17,"upload-time":"2020-01-02T03:04:05.678901Z","requires-python":">=3","yanked":true,
      "core-metadata":{"sha256":"HEX"},"provenance":null},{"filename":"b.whl","url":"b","size":null,
      "hashes":{"sha256":"HEX"},"yanked":"\\n😀","data-dist-info-metadata":false,"x":[[1.5e3]]}]}
      """
          .replace("HEX", "0f".repeat(32))
          .getBytes(StandardCharsets.UTF_8);

  private static final List<String> PIECES =
      List.of("\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "\\ud800", "\uFEFF");

  @Test
  void a_mutated_page_is_read_or_refused() throws Exception {
    Random chance = new Random(20261124);
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (isReadAndWritten(mutated(chance))) {
        read++;
      }
    }
    assertThat(read).isBetween(ROUNDS / 50, ROUNDS / 2);
  }

  private static boolean isReadAndWritten(byte[] mutant) throws IOException {
    try {
      ProjectPage page =
          SimpleJson.parsePage(new ByteArrayInputStream(mutant), PageLimits.ofProject());
      PageFuzzTest.assertRenders(page);
      return true;
    } catch (MalformedPageException refused) {
      assertThat(refused).message().startsWith("The page").endsWith(".").hasSizeLessThan(400);
      assertThat(refused.getMessage().chars()).noneMatch(Character::isISOControl);
      return false;
    }
  }

  private static byte[] mutated(Random chance) {
    byte[] mutant = PAGE;
    for (int changes = 1 + chance.nextInt(3); changes > 0; changes--) {
      int at = chance.nextInt(mutant.length + 1);
      mutant =
          switch (chance.nextInt(5)) {
            case 0 -> spliced(mutant, at, at + 1, new byte[] {(byte) chance.nextInt(256)});
            case 1 -> spliced(mutant, at, at + chance.nextInt(20), new byte[0]);
            case 2 -> spliced(mutant, at, at, Arrays.copyOfRange(mutant, at, at + 30));
            case 3 -> chance.nextInt(10) == 0 ? Arrays.copyOf(mutant, at) : mutant;
            default ->
                spliced(
                    mutant,
                    at,
                    at,
                    PIECES.get(chance.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
          };
    }
    return mutant;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    int end = Math.min(to, bytes.length);
    byte[] out = new byte[from + between.length + bytes.length - end];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(between, 0, out, from, between.length);
    System.arraycopy(bytes, end, out, from + between.length, bytes.length - end);
    return out;
  }
}
