package dev.wellhead.server.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of a message as the "Standard Webhooks" specification (version 1) has it:
/// HMAC-SHA256 over id, time and body, so that none of the three can be another.
public final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private WebhookSignature() {}

  /// What is wrong with a secret, as the end of a sentence; empty where nothing is.
  public static Optional<String> problem(String secret) {
    String wanted =
        "must be "
            + PREFIX
            + " and "
            + LEAST_BYTES
            + " to "
            + MOST_BYTES
            + " random bytes in Base64, such as `echo whsec_$(openssl rand -base64 32)` prints";
    if (!secret.startsWith(PREFIX)) {
      return Optional.of(wanted);
    }
    try {
      int length = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
      return length < LEAST_BYTES || length > MOST_BYTES ? Optional.of(wanted) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(wanted);
    }
  }

  /// The value of the header `webhook-signature`.
  ///
  /// @param id of the message, the same each time that it is sent
  /// @param seconds since 1970, when it is sent this time
  public static String of(String secret, String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
