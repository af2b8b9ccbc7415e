package dev.sextant.fuzz;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.Respelled;
import dev.sextant.report.Report;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What is written about a model whose name, tokens and tensors are spelled to break out of it: JSON says the same texts to a
 * reader of its own, the page differs from an honest one in nothing but base64, text for terminals moves no cursor, and a file
 * of tensors has their names. The first byte says what is written, the others are the spellings.
 */
public final class ReportFuzzer {
  private static final Scratch SCRATCH = Scratch.of("model.safetensors");
  private static final Model MODEL = SmallModel.open();
  private static final Journey JOURNEY = Report.ready(MODEL.journey().ids(0).maxTokens(1)).run();
  private static final byte[] HONEST = page(Report.of(MODEL, JOURNEY));
  private static final byte[] START = "id=\"journey\">".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "</script>".getBytes(StandardCharsets.US_ASCII);

  private ReportFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length < 2) return;
    Spellings spellings = Spellings.of(data, 1);
    Report report = Report.of(MODEL, Respelled.of(JOURNEY, id -> spellings.get(1 + id))).named(spellings.get(0));
    switch (data[0] & 7) {
      case 1 -> requireSame(unpacked(page(report)), spellings);
      case 2 -> {
        requireTame(report.text().replace(System.lineSeparator(), ""));
        for (int i = 0; i <= SmallModel.VOCABULARY; i++) requireTame(Visible.oneLine(spellings.get(i)));
      }
      case 3 -> requireNames(spellings);
      default -> {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        report.writeJson(json);
        requireSame(json.toByteArray(), spellings);
      }
    }
  }

  private static void requireSame(byte[] json, Spellings spellings) {
    Map<?, ?> read = PlainJson.object(json);
    requireEqual(((Map<?, ?>) read.get("model")).get("name"), spellings.get(0));
    Map<?, ?> texts = (Map<?, ?>) read.get("texts");
    if (texts.size() != SmallModel.VOCABULARY) throw new AssertionError(texts.size() + " texts");
    for (int id = 0; id < SmallModel.VOCABULARY; id++) {
      requireEqual(texts.get(Integer.toString(id)), spellings.get(1 + id));
    }
  }

  private static void requireEqual(Object found, String expected) {
    if (!expected.equals(found)) throw new AssertionError("found " + found + ", expected " + expected);
  }

  private static byte[] page(Report report) {
    ByteArrayOutputStream page = new ByteArrayOutputStream(HONEST == null ? 1 << 17 : HONEST.length + 1024);
    try {
      report.writeHtml(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }

  /** The journey in a page; the rest must be that of an honest one. */
  private static byte[] unpacked(byte[] page) throws IOException {
    int start = indexOf(START, HONEST, 0) + START.length;
    int behind = HONEST.length - indexOf(END, HONEST, start);
    int end = page.length - behind;
    if (!Arrays.equals(page, 0, start, HONEST, 0, start)
        || !Arrays.equals(page, end, page.length, HONEST, HONEST.length - behind, HONEST.length)) {
      throw new AssertionError("the page is another");
    }
    byte[] packed = Base64.getDecoder().decode(Arrays.copyOfRange(page, start, end)); // no other characters
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static int indexOf(byte[] wanted, byte[] text, int from) {
    int at = from;
    while (!Arrays.equals(wanted, 0, wanted.length, text, at, at + wanted.length)) at++;
    return at;
  }

  /** No control character, nothing invisible that changes how lines are read, and no half character. */
  private static void requireTame(String text) {
    text.codePoints().forEach(point -> {
      int kind = Character.getType(point);
      if (kind == Character.CONTROL || kind == Character.FORMAT && point != 0x200c && point != 0x200d
          || kind == Character.SURROGATE
          || kind == Character.LINE_SEPARATOR || kind == Character.PARAGRAPH_SEPARATOR) {
        throw new AssertionError("U+" + Integer.toHexString(point) + " in: " + text);
      }
    });
  }

  /** A file of tensors with such names and such free text is refused, or says the same when it is read. */
  private static void requireNames(Spellings spellings) throws IOException {
    String name = spellings.get(0);
    String key = spellings.get(1);
    String value = spellings.get(2);
    SafetensorsWriter.Builder file = SafetensorsWriter.to(SCRATCH.file());
    try {
      file.metadata(key, value).tensor(name, DType.U8, 0);
    } catch (IllegalArgumentException e) {
      Refusal.require(e, "");
      return;
    }
    try (SafetensorsWriter writer = file.begin()) {
      writer.finish();
    }
    try (Safetensors read = Safetensors.open(SCRATCH.file())) {
      if (!read.names().contains(name)) throw new AssertionError("no tensor " + name);
      requireEqual(read.metadata().get(key), value);
    }
  }
}
