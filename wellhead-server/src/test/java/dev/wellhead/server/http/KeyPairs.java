package dev.wellhead.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Makes key pairs and self-signed certificates with the JDK's keytool.
record KeyPairs(Certificate certificate, Der key) {
  /// An encoded key; in a class of its own since it is bytes.
  static final class Der {
    private final byte[] bytes;

    Der(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  private static final char[] PASSWORD = "changeit".toCharArray();

  static KeyPairs make(Path folder, String name, String... algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost"));
    command.addAll(List.of(algorithm));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    return read(store);
  }

  private static KeyPairs read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new KeyPairs(keys.getCertificate("k"), new Der(keys.getKey("k", PASSWORD).getEncoded()));
  }

  String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  String pkcs8Pem() {
    return pem("PRIVATE KEY", key.bytes());
  }

  /// The older form: what PKCS #8 wraps, of which the header has `skipped` bytes.
  String classicPem(String kind, int skipped) {
    byte[] der = key.bytes();
    return pem(kind + " PRIVATE KEY", Arrays.copyOfRange(der, skipped, der.length));
  }

  private static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
