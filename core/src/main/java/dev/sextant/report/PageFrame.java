package dev.sextant.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all pages have in common: markup, style and script, with a policy that allows this one script and this one style, by
 * their hashes, and no network.
 *
 * @param before the page up to the place of the journey, in UTF-8; nobody changes it
 * @param after the page behind that place, in UTF-8; nobody changes it
 */
record PageFrame(byte[] before, byte[] after) {
  private static final String[] SCRIPTS = {"base", "colours", "softmax", "tokens", "walk", "attention", "experts",
    "writes",
    "lens", "labels", "path",
    "expectation", "votes", "main"};
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String JOURNEY = "\0"; // in no resource

  /** Reads the parts of a page and puts them together. */
  static PageFrame read() {
    String style = resource("page.css");
    String script = Stream.of(SCRIPTS).map(name -> resource(name + ".js"))
        .collect(Collectors.joining("\n", "\"use strict\";\n", ""));
    String policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
        + "'; base-uri 'none'; form-action 'none'";
    String page = filled(resource("page.html"), Map.of("policy", policy, "style", style, "script", script, "journey",
        JOURNEY));
    int place = page.indexOf(JOURNEY);
    return new PageFrame(page.substring(0, place).getBytes(StandardCharsets.UTF_8),
        page.substring(place + JOURNEY.length()).getBytes(StandardCharsets.UTF_8));
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
    try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the library was packed without " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
