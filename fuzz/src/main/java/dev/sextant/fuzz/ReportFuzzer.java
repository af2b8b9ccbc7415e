package dev.sextant.fuzz;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.Respelled;
import dev.sextant.report.Report;
import dev.sextant.report.text.Prose;
import dev.sextant.report.text.Style;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.HeaderTrip;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What is written about a model whose name, tokens and tensors are spelled to break out of it: JSON says the same texts to a
 * reader of its own, the page differs from an honest one in nothing but base64, text for terminals moves no cursor, and a file
 * of tensors has their names. The first byte says what is written, the others are the spellings. The whole story and the file on
 * a disk, which take longest and hold the spellings in few places, are for one first byte in 16; for the others there is a
 * paragraph and a table, and a header in memory.
 */
public final class ReportFuzzer {
  private static final Scratch SCRATCH = Scratch.of("model.safetensors");
  private static final Model MODEL = SmallModel.open();
  private static final Journey JOURNEY = Report.ready(MODEL.journey().ids(0).maxTokens(1)).run();
  private static final byte[] HONEST = page(Report.of(MODEL, JOURNEY), 0);
  /** Where the journey begins in any page, and how many bytes come behind it. */
  private static final int START = behind("id=\"journey\">", 0);
  private static final int REST = HONEST.length - behind("</script>", START) + "</script>".length();

  private ReportFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length < 2) return;
    Spellings spellings = Spellings.of(data, 1);
    Report report = Report.of(MODEL, Respelled.of(JOURNEY, id -> spellings.get(1 + id))).named(spellings.get(0));
    boolean whole = (data[0] & 0x78) == 0x78;
    switch (data[0] & 7) {
      case 1 -> requireSame(unpacked(page(report, HONEST.length)), spellings);
      case 2 -> {
        requireTame((whole ? report.text() : excerpt(spellings)).replace(System.lineSeparator(), ""));
        for (int i = 0; i <= SmallModel.VOCABULARY; i++) requireTame(Visible.oneLine(spellings.get(i)));
      }
      case 3 -> requireNames(spellings, whole);
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

  private static void requireEqual(Object found, Object expected) {
    if (!expected.equals(found)) throw new AssertionError("found " + found + ", expected " + expected);
  }

  private static byte[] page(Report report, int size) {
    ByteArrayOutputStream page = new ByteArrayOutputStream(size + 1024);
    try {
      report.writeHtml(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }

  /** Where the honest page goes on behind a text. */
  private static int behind(String text, int from) {
    int at = new String(HONEST, StandardCharsets.ISO_8859_1).indexOf(text, from);
    if (at < 0) throw new AssertionError("no " + text);
    return at + text.length();
  }

  /** The journey in a page; the rest must be that of an honest one. */
  private static byte[] unpacked(byte[] page) throws IOException {
    int end = page.length - REST;
    if (!Arrays.equals(page, 0, START, HONEST, 0, START)
        || !Arrays.equals(page, end, page.length, HONEST, HONEST.length - REST, HONEST.length)) {
      throw new AssertionError("the page is another");
    }
    byte[] packed = Base64.getDecoder().decode(Arrays.copyOfRange(page, START, end)); // no other characters
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /** A paragraph and a table, as the story of a journey has them. */
  private static String excerpt(Spellings spellings) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Prose prose = new Prose(out, Style.PLAIN);
    String first = Visible.text(spellings.get(1));
    prose.paragraph("We follow %s from here, and %s.", first, Visible.text(spellings.get(2)));
    Table table = new Table(Table.Column.right("id"), Table.Column.left("token"), Table.Column.left(""));
    for (int id = 0; id < SmallModel.VOCABULARY; id++) {
      table.add(Integer.toString(id), Visible.text(spellings.get(1 + id)), "|");
    }
    int before = text.getBuffer().length();
    prose.table(table);
    long lines = text.toString().substring(before).lines().count();
    if (lines != 2 + SmallModel.VOCABULARY) throw new AssertionError("a table of " + lines + " lines");
    return text.toString();
  }

  /** No control character, nothing invisible that changes how lines are read, and no half character. */
  private static void requireTame(String text) {
    for (int i = 0, point; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      int kind = Character.getType(point);
      if (kind == Character.CONTROL || kind == Character.FORMAT && point != 0x200c && point != 0x200d
          || kind == Character.SURROGATE
          || kind == Character.LINE_SEPARATOR || kind == Character.PARAGRAPH_SEPARATOR) {
        throw new AssertionError("U+" + Integer.toHexString(point) + " in: " + text);
      }
    }
  }

  /** A file of tensors with such names and such free text is refused, or says the same when it is read. */
  private static void requireNames(Spellings spellings, boolean whole) throws IOException {
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
    if (!whole) {
      HeaderTrip trip = HeaderTrip.of(name, key, value);
      requireEqual(trip.names(), List.of(name));
      requireEqual(trip.metadata(), Map.of(key, value));
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
