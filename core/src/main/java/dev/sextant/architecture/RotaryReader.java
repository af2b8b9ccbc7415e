package dev.sextant.architecture;

/** Reads the rotary settings of a config.json under their older and newer names. A form not understood is an error. */
final class RotaryReader {
  private static final String TRAINED = "original_max_position_embeddings";

  private final Config config;
  private final Config scaling;
  private final int context;

  private RotaryReader(Config config, int context) {
    this.config = config;
    this.context = context;
    // transformers 5 writes everything into rope_parameters; older files have rope_theta and rope_scaling
    this.scaling = config.object(config.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
  }

  /** The rotary embedding of heads of that width. */
  static Rotary read(Config config, int headWidth, int context) {
    RotaryReader reader = new RotaryReader(config, context);
    double theta = reader.scaling.has("rope_theta")
        ? reader.scaling.number("rope_theta", 0, true)
        : config.number("rope_theta", 0, true, 10_000);
    if (headWidth % 2 != 0) {
      throw config.error("head_dim is " + headWidth + "; a head that is rotated must have an even width");
    }
    return new Rotary(theta, headWidth / 2, reader.scaling());
  }

  private RotaryScaling scaling() {
    String type = scaling.text("rope_type");
    if (type == null) type = scaling.text("type");
    return switch (type) {
      case null -> plain();
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(factor());
      case "dynamic" -> new RotaryScaling.Dynamic(factor(), context);
      case "llama3" -> llama3();
      case "yarn" -> yarn();
      default -> throw scaling.wrong("rope_type", type, "default, linear, dynamic, llama3 or yarn");
    };
  }

  private RotaryScaling plain() {
    for (String key : scaling.keys()) {
      if (!key.equals("rope_theta")) throw scaling.error("has " + key + " but neither rope_type nor type");
    }
    return new RotaryScaling.None();
  }

  private double factor() {
    return scaling.number("factor", 0, true);
  }

  /** The length the model was trained on. */
  private int trained() {
    return config.has(TRAINED) ? config.integer(TRAINED, 1) : scaling.integer(TRAINED, 1, context);
  }

  private boolean hasTrained() {
    return config.has(TRAINED) || scaling.has(TRAINED);
  }

  private RotaryScaling llama3() {
    double low = scaling.number("low_freq_factor", 0, true);
    double high = scaling.number("high_freq_factor", 0, true);
    if (high <= low) throw scaling.wrong("high_freq_factor", high, "more than low_freq_factor, " + low);
    return new RotaryScaling.Llama3(factor(), low, high, trained());
  }

  private RotaryScaling yarn() {
    double factor = scaling.has("factor") || !hasTrained() ? factor() : (double) context / trained();
    double attention = scaling.has("attention_factor")
        ? scaling.number("attention_factor", 0, true)
        : attentionFactor(factor);
    return new RotaryScaling.Yarn(factor, attention, scaling.number("beta_fast", 0, true, 32),
        scaling.number("beta_slow", 0, true, 1), scaling.flag("truncate", true), trained());
  }

  private double attentionFactor(double factor) {
    double mscale = scaling.number("mscale", 0, false, 0);
    double allDimensions = scaling.number("mscale_all_dim", 0, false, 0);
    return mscale > 0 && allDimensions > 0
        ? magnitude(factor, mscale) / magnitude(factor, allDimensions)
        : magnitude(factor, 1);
  }

  private static double magnitude(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }
}
