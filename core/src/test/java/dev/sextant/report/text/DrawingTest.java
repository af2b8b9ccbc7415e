package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.examples.cli.Table.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What all commands draw with. */
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
    assertEquals("a b c", Visible.oneLine(" a\n  b\r\nc\n"));
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
  void lengthsAndAngles() {
    assertEquals(5, Geometry.norm(new float[] {3, 4}), 1e-12);
    assertEquals(90, Geometry.angle(new float[] {1, 0}, new float[] {0, 2}), 1e-12);
    assertEquals(180, Geometry.angle(new float[] {1, 1}, new float[] {-2, -2}), 1e-5);
    assertEquals(0, Geometry.angle(new float[] {0, 0}, new float[] {1, 1}), 0);
  }

  @Test
  void aLossOnTheWayWouldShow() {
    float[][] attention = {{1}};
    float[] one = {1, 0};
    float[] two = {0, 1};
    assertEquals(0, new Passage.Layer(one, attention, two, one, new float[] {2, 1}).imbalance(), 1e-12);
    assertEquals(0.2, new Passage.Layer(one, attention, two, one, new float[] {3, 4}).imbalance() / 3, 1e-12);
  }

  @Test
  void shortWorkLeavesNoTraceAndLongWorkABarThatVanishes() {
    AtomicLong nanos = new AtomicLong();
    StringWriter text = new StringWriter();
    ProgressBar bar = new ProgressBar("loading", new PrintWriter(text), nanos::get);
    bar.accept(0.5);
    bar.accept(1);
    assertEquals("", text.toString());
    nanos.set(2_000_000_000);
    bar.accept(0.25);
    assertEquals("\r\u001b[Kloading " + "█".repeat(10) + " ".repeat(30) + " 25%", text.toString());
    bar.accept(1);
    assertEquals("\r\u001b[K", text.toString().substring(text.toString().lastIndexOf('\r')));
  }
}
