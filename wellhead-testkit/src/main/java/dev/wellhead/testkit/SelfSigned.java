package dev.wellhead.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and a certificate that it signs itself, made in memory in a moment (RFC 5280, ECDSA
/// P-256), for `127.0.0.1` and `localhost`, valid from 2020 to 2049.
public final class SelfSigned {
  private static final char[] PASSWORD = "in memory".toCharArray();

  private final KeyPair keys;
  private final Certificate certificate;

  private SelfSigned(KeyPair keys, Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /// A new one, whose subject has this common name (ASCII).
  public static SelfSigned named(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] toBeSigned = toBeSigned(name, keys.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(toBeSigned);
      byte[] bits = concat(new byte[] {0}, signature.sign());
      byte[] encoded = der(0x30, toBeSigned, algorithm(), der(0x03, bits));
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
      return new SelfSigned(keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has these algorithms", e);
    }
  }

  /// Writes the certificate as PEM.
  public Path certificate(Path file) {
    try {
      return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was encoded before", e);
    }
  }

  /// Writes the key as PEM (PKCS #8).
  public Path key(Path file) {
    try {
      return Files.writeString(file, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// TLS with this certificate, trusting `client` alone.
  public SSLContext context(SelfSigned client) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry("own", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(own, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("client", client.certificate);
      TrustManagerFactory trustManagers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trustManagers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no TLS from a key in memory", e);
    }
  }

  private static byte[] toBeSigned(String name, byte[] publicKey) {
    byte[] common = der(0x0c, name.getBytes(StandardCharsets.UTF_8));
    byte[] subject = der(0x30, der(0x31, der(0x30, oid(0x55, 4, 3), common)));
    byte[] validity = der(0x30, time("200101000000Z"), time("491231235959Z"));
    byte[] names =
        der(
            0x30,
            der(0x87, new byte[] {127, 0, 0, 1}),
            der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)));
    byte[] alternativeNames = der(0x30, oid(0x55, 29, 17), der(0x04, names));
    byte[] mayIssue = der(0x30, der(0x01, new byte[] {-1}));
    byte[] constraints =
        der(0x30, oid(0x55, 29, 19), der(0x01, new byte[] {-1}), der(0x04, mayIssue));
    return der(
        0x30,
        der(0xa0, der(0x02, new byte[] {2})),
        der(0x02, new byte[] {1}),
        algorithm(),
        subject,
        validity,
        subject,
        publicKey,
        der(0xa3, der(0x30, alternativeNames, constraints)));
  }

  /// ecdsa-with-SHA256.
  private static byte[] algorithm() {
    return der(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
  }

  private static byte[] time(String utc) {
    return der(0x17, utc.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] oid(int... octets) {
    byte[] content = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      content[i] = (byte) octets[i];
    }
    return der(0x06, content);
  }

  private static byte[] der(int tag, byte[]... contents) {
    byte[] content = concat(contents);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
