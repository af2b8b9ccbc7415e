package dev.sextant.kernel;

import org.jspecify.annotations.Nullable;

/** Work on each row by itself, shared out by rows. */
abstract class RowTask implements Workers.Task {
  final Parallel parallel;
  Rows x = new Rows(0);

  RowTask(Parallel parallel) {
    this.parallel = parallel;
  }

  /** @param each what one number costs, in multiplications */
  final void run(Rows rows, int each) {
    x = rows;
    parallel.run(this, (long) rows.rows() * rows.width() * each);
  }

  @Override
  public final void run(int part, int parts) {
    int to = Parallel.begin(x.rows(), part + 1, parts);
    for (int row = Parallel.begin(x.rows(), part, parts); row < to; row++) row(row, parallel.scratch()[part]);
  }

  abstract void row(int row, Scratch scratch);

  static final class Gather extends RowTask {
    Matrix embedding = new MatrixVector().w;
    int[] ids = {};
    int from;

    Gather(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      parallel.kernels().decode(embedding, ids[from + row], x.data(), x.at(row));
    }
  }

  static final class Normalize extends RowTask {
    Norm norm = new Norm(Norm.Kind.RMS, new float[1], null, 0);
    Rows y = x;

    Normalize(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      for (int at = x.at(row); at < x.at(row + 1); at += norm.weight().length)
        parallel.kernels().normalize(norm, x.data(), y.data(), at, scratch.lanes);
    }
  }

  static final class Rotate extends RowTask {
    int headWidth;
    RotaryTable table = new RotaryTable(0, 0, new float[0], new float[0]);

    Rotate(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      for (int at = x.at(row); at < x.at(row + 1); at += headWidth)
        parallel.kernels().rotate(x.data(), at, table, row);
    }
  }

  static final class Activate extends RowTask {
    Activation f = Activation.SILU;
    @Nullable
    Rows up;

    Activate(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      int at = x.at(row);
      parallel.kernels().activate(f, x.data(), at, at + x.width(), scratch.lanes);
      if (up != null) parallel.kernels().multiply(up.data(), x.data(), at, at + x.width());
    }
  }

  static final class Add extends RowTask {
    Rows into = x;

    Add(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      int at = x.at(row);
      parallel.kernels().add(x.data(), at, into.data(), at, x.width());
    }
  }

  static final class Cap extends RowTask {
    float cap = 1;

    Cap(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      int at = x.at(row);
      parallel.kernels().cap(x.data(), cap, at, at + x.width(), scratch.lanes);
    }
  }

  static final class Scale extends RowTask {
    float factor;

    Scale(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      int at = x.at(row);
      parallel.kernels().scale(x.data(), factor, at, at + x.width());
    }
  }

  /** Rounds x the way it is for Q4. */
  static final class Round extends RowTask {
    private Rows into = x;

    Round(Parallel parallel) {
      super(parallel);
    }

    Rows rounded(Rows rows) {
      if (into.width() != rows.width()) into = new Rows(rows.width());
      into.resize(rows.rows());
      run(rows, 2);
      return into;
    }

    @Override
    void row(int row, Scratch scratch) {
      scratch.rounded.round(x.data(), x.at(row), x.width());
      scratch.rounded.restore(into.data(), into.at(row), x.width());
    }
  }
}
