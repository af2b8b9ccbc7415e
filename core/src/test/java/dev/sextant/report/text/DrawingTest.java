package dev.sextant.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.report.text.Table.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts are drawn with. */
class DrawingTest {
  @Test
  void barsAreExactToAnEighth() {
    assertEquals("", Bars.bar(0, 10));
    assertEquals("▏", Bars.bar(1 / 80.0, 10));
    assertEquals("█████", Bars.bar(0.5, 10));
    assertEquals("█████████▉", Bars.bar(79 / 80.0, 10));
    assertEquals("██████████", Bars.bar(1, 10));
    assertEquals("██████████", Bars.bar(1.5, 10));
  }

  @Test
  void invisibleTextBecomesVisible() {
    assertEquals("∅", Visible.text(""));
    assertEquals("␣a␣⏎⇥␍", Visible.text(" a \n\t\r"));
    assertEquals("\\u{0}\\u{200b}\\u{a0}\\u{1b}", Visible.text("\0\u200b\u00a0\u001b"));
    assertEquals("\\u{d83d}", Visible.text("\ud83d"));
    assertEquals("ü🐈", Visible.text("ü🐈"));
  }

  @Test
  void onOneLine() {
    assertEquals("a b c", Visible.oneLine(" a\n  b\r\nc\n"));
    assertEquals("a  b c d", Visible.oneLine("a  b \t\u2028 \f\u0085 c\u2029d\u0085"));
    assertEquals("", Visible.oneLine(" \n "));
    assertEquals("a\ufffd b\ufffd\ufffd\ufffdc", Visible.oneLine("a\t b\u001b\u202e\ud83dc"));
    assertEquals("\u200dü🐈", Visible.oneLine("\u200dü🐈"));
  }

  @Test
  void quotedWithItsSpaces() {
    assertEquals("\"\"", Visible.quoted(""));
    assertEquals("\" a⏎⇥\\u{1b}\\u{202e}\"", Visible.quoted(" a\n\t\u001b\u202e"));
  }

  @Test
  void flowingKeepsItsLines() {
    assertEquals(" a\n\tb\r\n c ", Visible.flowing(" a\n\tb\r\n c "));
    assertEquals("a␍b\\u{1b}[2J\\u{202e}\\u{d83d}\\u{9b}\\u{2028}",
        Visible.flowing("a\rb\u001b[2J\u202e\ud83d\u009b\u2028"));
    assertEquals("\u200dü🐈", Visible.flowing("\u200dü🐈"));
  }

  /** A text as a hostile file may hold; in time that grows with its square, each of these would take many minutes. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\u0001", "\n", " \n", "\u2028", "\u0085 ", "x "})
  @Timeout(20)
  void aMillionCharactersOnOneLine(String piece) {
    int count = 1_000_000 / piece.length();
    String line = Visible.oneLine("a" + piece.repeat(count) + "b");
    boolean ends = piece.matches("\\s*\\R\\s*");
    String drawn = piece.replaceAll("[\t\u0001]", "\ufffd");
    assertEquals(ends ? "a b" : "a" + drawn.repeat(count) + "b", line);
  }

  @Test
  void numbersAreTheSameEverywhere() {
    assertEquals("17.1%", Numbers.percent(0.1710));
    assertEquals("<0.1%", Numbers.percent(0.0004));
    assertEquals("0.0%", Numbers.percent(0));
    assertEquals("999 B", Numbers.bytes(999));
    assertEquals("1.0 kB", Numbers.bytes(1000));
    assertEquals("1.0 MB", Numbers.bytes(999_960));
    assertEquals("269.1 MB", Numbers.bytes(269_060_000));
    assertEquals("9223372.0 TB", Numbers.bytes(Long.MAX_VALUE));
    assertEquals("1 token", Numbers.plural(1, "token"));
    assertEquals("1,320 tokens", Numbers.plural(1320, "token"));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table(Column.right("n"), Column.left("name"), Column.right("x").look(cell -> "<" + cell + ">"));
    table.add("1", "a🐈", "5");
    table.add("10", "abcde", "");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true), Style.PLAIN);
    assertEquals("    n  name   x\n    1  a🐈     <5>\n   10  abcde   <>\n", text.toString().replace("\r\n", "\n"));
    assertThrows(IllegalArgumentException.class, () -> table.add("1"));
  }

  @Test
  void cellsAndHeadsCannotMoveTheCursor() {
    Table table = new Table(Column.left("a\u001b"));
    table.add("b\rc\nd\u202e");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true), Style.PLAIN);
    assertEquals("   a\ufffd\n   b c d\ufffd\n", text.toString().replace("\r\n", "\n"));
  }
}
