package dev.sextant.report.text;

import java.io.PrintWriter;

/** Writes paragraphs, broken into lines. */
public final class Prose {
  private static final int WIDTH = 92;
  private static final String INDENT = "   ";

  private final PrintWriter out;
  private final Style style;
  private boolean tableBefore;

  public Prose(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** A heading, with an empty line before it. */
  public void heading(String text) {
    out.println();
    out.println(style.bold(text));
    tableBefore = false;
  }

  /** A heading of lesser rank, with an empty line before it. */
  public void subheading(String text) {
    heading(INDENT + text);
  }

  /** A paragraph from a format and its arguments: its lines are joined and broken anew. */
  public void paragraph(String format, Object... arguments) {
    String text = format.formatted(arguments);
    if (tableBefore) out.println();
    tableBefore = false;
    StringBuilder line = new StringBuilder();
    int width = 0;
    for (String word : text.strip().split("[ \n]+")) {
      if (width > 0 && width + 1 + width(word) > WIDTH) {
        out.println(INDENT + line);
        line.setLength(0);
        width = 0;
      }
      line.append(width == 0 ? "" : " ").append(word);
      width += (width == 0 ? 0 : 1) + width(word);
    }
    out.println(INDENT + line);
  }

  /** A table, with an empty line before it and between it and a paragraph. */
  public void table(Table table) {
    out.println();
    table.print(out, style);
    tableBefore = true;
  }

  private static int width(String word) {
    return Style.plain(word).length();
  }
}
