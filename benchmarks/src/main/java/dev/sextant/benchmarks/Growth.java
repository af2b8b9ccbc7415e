package dev.sextant.benchmarks;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * How does the cost grow: of a token with the text before it, of a prompt with its length, of loading with the size of the
 * file? Prints one line of JSON with sizes, seconds and the fitted exponent.
 *
 * <pre>Growth decode|prefill|load MODEL_FOLDER THREADS</pre>
 */
public final class Growth {
  private static final int LONGEST = 8192;
  private static final int DECODED = 16;
  private static final int WARM_UP = 80;
  /** From here on looking back takes long enough to be told from noise. */
  private static final int FAR = 1024;
  private static final int[] LENGTHS = IntStream.iterate(128, n -> n <= LONGEST, n -> 2 * n).toArray();
  /** The MLP's widths of models of about 0.6 to 5 GiB, all with equally many tensors. */
  private static final int[] WIDTHS = {2048, 4096, 8192, 16_384, 24_576};

  private final Model model;
  private final int[] text;

  private Growth(Model model) {
    this.model = model;
    this.text = new SplittableRandom(1).ints(LONGEST, 0, model.config().vocabularySize()).toArray();
  }

  public static void main(String[] args) throws IOException {
    LoadOptions options = LoadOptions.defaults().withThreads(Integer.parseInt(args[2]))
        .withContextLength(LONGEST + DECODED);
    if (args[0].equals("load")) {
      load(options).print();
      return;
    }
    try (Model model = Model.load(Path.of(args[1]), options)) {
      Growth growth = new Growth(model);
      (args[0].equals("decode") ? growth.decode() : growth.prefill()).print();
    }
  }

  /** Seconds for a token behind texts of some lengths, and the exponent of what it costs more than behind none. */
  private JsonLine decode() {
    double[] seconds = new double[LENGTHS.length];
    double alone;
    try (Session session = model.session()) {
      session.append(text[0]);
      double warm = 0;
      for (int i = 0; i < WARM_UP; i++) warm += token(session);
      alone = median(7, () -> token(session));
      for (int i = 0; i < LENGTHS.length; i++) {
        session.append(Arrays.copyOfRange(text, session.length(), LENGTHS[i]));
        seconds[i] = median(7, () -> token(session));
      }
    }
    int far = Arrays.binarySearch(LENGTHS, FAR);
    double[] looking = Arrays.stream(seconds, far, LENGTHS.length).map(s -> s - alone).toArray();
    double[] away = Arrays.copyOfRange(sizes(LENGTHS), far, LENGTHS.length);
    return line("decode", sizes(LENGTHS), seconds).with("alone", alone)
        .with("exponent", PowerLaw.exponent(sizes(LENGTHS), seconds))
        .with("exponent_of_looking_back", positive(looking) ? PowerLaw.exponent(away, looking) : Double.NaN);
  }

  /** Seconds for one token behind the text of the session, which stays as long as it is. */
  private double token(Session session) {
    int length = session.length();
    long start = System.nanoTime();
    for (int i = 0; i < DECODED; i++) session.append(text[i]).distribution();
    double seconds = (System.nanoTime() - start) / 1e9 / DECODED;
    session.truncate(length);
    return seconds;
  }

  private JsonLine prefill() {
    for (int i = 0; i < 4; i++) read(1024);
    double[] seconds = Arrays.stream(LENGTHS).mapToDouble(n -> median(n > 1024 ? 1 : 5, () -> read(n))).toArray();
    return line("prefill", sizes(LENGTHS), seconds).with("exponent", PowerLaw.exponent(sizes(LENGTHS), seconds));
  }

  /** Seconds for reading a prompt. */
  private double read(int tokens) {
    long start = System.nanoTime();
    try (Session session = model.session()) {
      session.append(Arrays.copyOf(text, tokens)).distribution();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds for opening models whose files differ in size only. */
  private static JsonLine load(LoadOptions options) throws IOException {
    Path folder = Files.createTempDirectory("sextant-growth");
    double[] bytes = new double[WIDTHS.length];
    double[] seconds = new double[WIDTHS.length];
    try {
      for (int pass = 0; pass < 2; pass++) { // the first warms up
        for (int i = 0; i < WIDTHS.length; i++) {
          bytes[i] = ModelFolders.writeSparse(new LlamaShape(2048, 16, WIDTHS[i], 32, 8, 32_000), folder);
          seconds[i] = median(21, () -> open(folder, options));
        }
      }
    } finally {
      Files.deleteIfExists(folder.resolve("model.safetensors"));
      Files.deleteIfExists(folder.resolve("config.json"));
      Files.delete(folder);
    }
    return line("load", bytes, seconds).with("exponent", PowerLaw.exponent(bytes, seconds));
  }

  private static double open(Path folder, LoadOptions options) {
    long start = System.nanoTime();
    try (Model _ = Model.load(folder, options)) {
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static JsonLine line(String what, double[] sizes, double[] seconds) {
    return new JsonLine().with("growth", what).with("sizes", sizes).with("seconds", seconds);
  }

  private static double[] sizes(int[] sizes) {
    return Arrays.stream(sizes).asDoubleStream().toArray();
  }

  private static boolean positive(double[] values) {
    return Arrays.stream(values).allMatch(value -> value > 0);
  }

  private static double median(int times, DoubleSupplier measurement) {
    return Arrays.stream(new double[times]).map(_ -> measurement.getAsDouble()).sorted().toArray()[times / 2];
  }
}
