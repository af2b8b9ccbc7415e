package dev.sextant.kernel;

/** Quantises a matrix, shared out by groups of rows. */
public final class Packing implements Workers.Task {
  private final Kernels kernels;
  private final Matrix from;
  private final Matrix.Quantized to;

  /**
   * Prepares.
   *
   * @param from not quantised
   * @param to of the same shape
   */
  public Packing(Kernels kernels, Matrix from, Matrix.Quantized to) {
    if (from.rows() != to.rows() || from.columns() != to.columns()) {
      throw new IllegalArgumentException("a matrix of " + from.rows() + " x " + from.columns() + " for one of "
          + to.rows() + " x " + to.columns());
    }
    this.kernels = kernels;
    this.from = from;
    this.to = to;
  }

  @Override
  public void run(int part, int parts) {
    int groups = Math.ceilDiv(to.rows(), Blocks.ROWS);
    int end = Parallel.begin(groups, part + 1, parts);
    float[][] rows = new float[Blocks.ROWS][Math.ceilDiv(to.columns(), Blocks.SPAN) * Blocks.SPAN];
    BlockSearch search = new BlockSearch(kernels, to);
    for (int group = Parallel.begin(groups, part, parts); group < end; group++) {
      for (int r = 0; r < Blocks.ROWS; r++) read(group * Blocks.ROWS + r, rows[r]);
      for (int column = 0; column < rows[0].length; column += Blocks.COLUMNS) {
        gather(rows, column, search.weights);
        search.search();
        Blocks.write(to, group, column, search.levels, search.scales);
      }
    }
  }

  /** Rows that are not there are zeros; the columns that are not there already are. */
  private void read(int row, float[] into) {
    if (row < to.rows()) kernels.decode(from, row, into, 0);
    else java.util.Arrays.fill(into, 0);
  }

  private static void gather(float[][] rows, int column, float[] into) {
    for (int r = 0; r < Blocks.ROWS; r++) {
      float[] row = rows[r];
      for (int c = 0; c < Blocks.COLUMNS; c++) into[c * Blocks.ROWS + r] = row[column + c];
    }
  }
}
