package dev.wellhead.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a certificate chain and its private key from PEM files (RFC 7468): PKCS #8, and the older
/// forms of OpenSSL for RSA (PKCS #1) and EC (SEC 1).
final class TlsKey {
  private static final long FILE_LIMIT = 1024 * 1024;
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC |ENCRYPTED |)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");

  private TlsKey() {}

  /// A key store in memory with the one key; its sentence names the file that cannot be used.
  static KeyStore load(TlsFiles files, char[] password) throws HttpRefusedException {
    Certificate[] chain = chain(files.certificateChain());
    PublicKey publicKey = chain[0].getPublicKey();
    PrivateKey key = key(files.privateKey(), publicKey);
    try {
      if (!fit(key, publicKey)) {
        throw new HttpRefusedException(
            "The private key in "
                + files.privateKey()
                + " does not belong to the first certificate in "
                + files.certificateChain()
                + ".");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("server", key, password, chain);
      return store;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new HttpRefusedException(
          "The key pair of "
              + files.certificateChain()
              + " cannot be used: "
              + unusable.getMessage(),
          unusable);
    }
  }

  private static Certificate[] chain(Path file) throws HttpRefusedException {
    String text = read(file);
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
      if (!chain.isEmpty()) {
        return chain.toArray(Certificate[]::new);
      }
    } catch (GeneralSecurityException malformed) {
      throw new HttpRefusedException(
          file + " does not hold a chain of PEM certificates that can be read.", malformed);
    }
    throw new HttpRefusedException(file + " holds no PEM certificate.");
  }

  private static PrivateKey key(Path file, PublicKey publicKey) throws HttpRefusedException {
    Matcher pem = KEY.matcher(read(file));
    if (!pem.find()) {
      throw new HttpRefusedException(file + " holds no PEM private key.");
    }
    String form = pem.group(1).strip().toLowerCase(Locale.ROOT);
    if (form.equals("encrypted")) {
      throw new HttpRefusedException(
          file + " is encrypted; give a private key without a passphrase.");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 = form.isEmpty() ? der : wrap(der, publicKey);
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw new HttpRefusedException(
          file
              + " cannot be read as the private "
              + publicKey.getAlgorithm()
              + " key that the certificate asks for.",
          malformed);
    }
  }

  private static String read(Path file) throws HttpRefusedException {
    try {
      if (Files.size(file) > FILE_LIMIT) {
        throw new HttpRefusedException(file + " is too large to be a PEM file.");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new HttpRefusedException(
          file + " cannot be read; TLS needs it and the right to read it.", unreadable);
    }
  }

  /// PKCS #8 is the older form with a version and the algorithm in front (RFC 5958), and the
  /// algorithm is the one which the certificate's public key begins with (RFC 5280 section 4.1).
  private static byte[] wrap(byte[] der, PublicKey publicKey) {
    byte[] spki = publicKey.getEncoded();
    int at = contentAt(spki, 0);
    int end = contentAt(spki, at) + length(spki, at);
    byte[] algorithm = Arrays.copyOfRange(spki, at, end);
    byte[] version = {2, 1, 0};
    return tagged(0x30, version, algorithm, tagged(0x04, der));
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length >= 0x80) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (der[at + 2 + i] & 0xff);
      }
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length + 4);
    out.put((byte) tag).put((byte) 0x82).putShort((short) length);
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }

  private static boolean fit(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] probe = "wellhead".getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    byte[] signature = signer.sign();
    signer.initVerify(publicKey);
    signer.update(probe);
    return signer.verify(signature);
  }
}
