package dev.sextant.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A journey as one HTML file. The page carries the journey's JSON, packed with gzip and written in base64, so that no text of a
 * model can become markup. Its policy allows the one script and the one style in it, by their hashes, and no network.
 */
final class JourneyHtml {
  private static final String[] SCRIPTS = {"base", "colours", "softmax", "tokens", "walk", "attention", "writes",
    "lens", "path",
    "expectation", "votes", "main"};
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** An estimate below this part of what is allowed rarely turns out too low. */
  private static final double SURE = 0.95;

  private final Material material;

  JourneyHtml(Material material) {
    this.material = material;
  }

  /** Writes a page of at most so many bytes, with as much detail as fits. */
  void write(OutputStream out, int most) throws IOException {
    List<Limits> all = Limits.forPages();
    int i = 0;
    while (i < all.size() - 1 && all.get(i).estimate(material) > SURE * most) i++;
    byte[] page = page(all.get(i));
    while (page.length > most && ++i < all.size()) page = page(all.get(i));
    out.write(page);
  }

  private byte[] page(Limits limits) throws IOException {
    String style = resource("page.css");
    String script = Stream.of(SCRIPTS).map(name -> resource(name + ".js"))
        .collect(Collectors.joining("\n", "\"use strict\";\n", ""));
    String policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
        + "'; base-uri 'none'; form-action 'none'";
    return filled(resource("page.html"), Map.of("policy", policy, "style", style, "script", script, "journey",
        packed(limits))).getBytes(StandardCharsets.UTF_8);
  }

  private String packed(Limits limits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(bytes, 1 << 16)) {
      new JourneyJson(material, limits).write(packing);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String filled(String template, Map<String, String> values) {
    return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }

  /** How a Content-Security-Policy names an inline script or style. */
  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = JourneyHtml.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the library was packed without " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
