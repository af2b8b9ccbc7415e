package dev.sextant.report.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns of text, each as wide as its widest cell. What could move the cursor is made harmless: {@link Visible#oneLine}. */
public final class Table {
  /** Where a column's text stands in it. */
  public enum Align {
    LEFT,
    RIGHT
  }

  /**
   * A column.
   *
   * @param head its heading
   * @param align where its text stands
   * @param look makes the padded cells stand out
   */
  public record Column(String head, Align align, UnaryOperator<String> look) {
    public static Column left(String head) {
      return new Column(head, Align.LEFT, UnaryOperator.identity());
    }

    public static Column right(String head) {
      return new Column(head, Align.RIGHT, UnaryOperator.identity());
    }

    public Column look(UnaryOperator<String> newLook) {
      return new Column(head, align, newLook);
    }
  }

  private static final String INDENT = "   ";
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = Arrays.stream(columns)
        .map(column -> new Column(Visible.oneLine(column.head()), column.align(), column.look())).toList();
  }

  /** One cell per column. */
  public void add(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(Visible::oneLine).toList());
  }

  /** The headings, then the rows. */
  public void print(PrintWriter out, Style style) {
    out.println(style.faint(line(columns.stream().map(Column::head).toList(), false)));
    for (List<String> row : rows) out.println(line(row, true));
  }

  private String line(List<String> cells, boolean looks) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Column column = columns.get(i);
      String padding = " ".repeat(width(i) - length(cells.get(i)));
      String cell = looks ? column.look().apply(cells.get(i)) : cells.get(i);
      line.append(i == 0 ? INDENT : GAP).append(column.align() == Align.LEFT ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = length(columns.get(column).head());
    for (List<String> row : rows) width = Math.max(width, length(row.get(column)));
    return width;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
