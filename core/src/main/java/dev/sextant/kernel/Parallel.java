package dev.sextant.kernel;

/** What the tasks of one engine share: kernels, threads, and working memory for each part. */
record Parallel(Kernels kernels, Workers workers, Scratch[] scratch) {

  /** Below so many multiplications waking the others costs more than they save. */
  private static final long WORTH_SHARING = 1 << 15;

  static Parallel of(Kernels kernels, Workers workers) {
    Scratch[] scratch = new Scratch[workers.threads()];
    for (int i = 0; i < scratch.length; i++) scratch[i] = new Scratch();
    return new Parallel(kernels, workers, scratch);
  }

  /** Does all of a task, by all threads if the work, in multiplications or so, is worth it. */
  void run(Workers.Task task, long work) {
    if (work < WORTH_SHARING) task.run(0, 1);
    else workers.run(task);
  }

  /** Where a part of n equal items begins; part {@code parts} "begins" at n. */
  static int begin(int n, int part, int parts) {
    return (int) ((long) n * part / parts);
  }
}
