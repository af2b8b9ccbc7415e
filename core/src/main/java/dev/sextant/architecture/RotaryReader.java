package dev.sextant.architecture;

import java.util.Set;

/** Reads the rotary settings of a config.json under their older and newer names. A form not understood is an error. */
final class RotaryReader {
  private static final String TRAINED = "original_max_position_embeddings";
  private static final String NEWER = "rope_parameters";
  /** Every key that some form below reads. Others may change the numbers. */
  private static final Set<String> KNOWN = Set.of("rope_type", "type", "rope_theta", "partial_rotary_factor", "factor",
      TRAINED, "low_freq_factor", "high_freq_factor", "attention_factor", "beta_fast", "beta_slow", "mscale",
      "mscale_all_dim", "truncate", "short_factor", "long_factor", "finetuned");

  private final Settings settings;
  private final Config config;
  private final Config scaling;
  private final Sizes sizes;

  private RotaryReader(Settings settings, Config scaling, Sizes sizes) {
    this.settings = settings;
    this.config = settings.file();
    this.scaling = scaling;
    this.sizes = sizes;
  }

  /** The rotary embedding of layers that see everything. */
  static Rotary global(Settings settings, Sizes sizes) {
    Config file = settings.file();
    // transformers 5 writes everything into rope_parameters; older files have rope_theta and rope_scaling
    Config scaling = file.object(file.has(NEWER) ? NEWER : "rope_scaling");
    if (settings.has(Setting.LOCAL_ROTARY_BASE) && scaling.has("full_attention"))
      scaling = scaling.object("full_attention");
    return new RotaryReader(settings, scaling, sizes).read(Setting.ROTARY_BASE);
  }

  /** The rotary embedding of layers with a window, where it is another one. */
  static Rotary local(Settings settings, Sizes sizes) {
    Config scaling = settings.file().object(NEWER).object("sliding_attention");
    return new RotaryReader(settings, scaling, sizes).read(Setting.LOCAL_ROTARY_BASE);
  }

  private Rotary read(Setting base) {
    for (String key : scaling.keys()) {
      if (!KNOWN.contains(key) && scaling.has(key)) throw scaling.wrong(key, scaling.raw(key), "null: it is not known");
    }
    double theta = scaling.has("rope_theta")
        ? scaling.number("rope_theta", 0, true)
        : settings.positive(base, 10_000);
    int pairs = pairs();
    return new Rotary(theta, pairs, scaling(pairs));
  }

  private int pairs() {
    String key = "partial_rotary_factor";
    double part = scaling.has(key) ? scaling.number(key, 0, true) : settings.positive(Setting.ROTARY_PART, 1);
    int rotated = (int) (sizes.headWidth() * part);
    if (part > 1 || rotated < 2 || rotated % 2 != 0) {
      throw config.error("head_dim is " + sizes.headWidth() + ", of which " + part + " are rotated; that must be an"
          + " even number of features, from 2 to all");
    }
    return rotated / 2;
  }

  private RotaryScaling scaling(int pairs) {
    String type = scaling.text("rope_type");
    if (type == null) type = scaling.text("type");
    if (type == null) return plain();
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(factor());
      case "dynamic" -> new RotaryScaling.Dynamic(factor(), sizes.context());
      case "llama3" -> llama3();
      case "yarn" -> yarn();
      case "longrope", "su" -> longRope(pairs);
      default -> throw scaling.wrong("rope_type", type, "default, linear, dynamic, llama3, yarn or longrope");
    };
  }

  private RotaryScaling plain() {
    for (String key : scaling.keys()) {
      if (!key.equals("rope_theta") && !key.equals("partial_rotary_factor")) {
        throw scaling.error("has " + key + " but neither rope_type nor type");
      }
    }
    return new RotaryScaling.None();
  }

  private double factor() {
    return scaling.number("factor", 0, true);
  }

  /** The length the model was trained on. */
  private int trained() {
    return config.has(TRAINED) ? config.integer(TRAINED, 1) : scaling.integer(TRAINED, 1, sizes.context());
  }

  private boolean hasTrained() {
    return config.has(TRAINED) || scaling.has(TRAINED);
  }

  /** How many times the trained length the context is. */
  private double growth() {
    return (double) sizes.context() / trained();
  }

  private RotaryScaling llama3() {
    double low = scaling.number("low_freq_factor", 0, true);
    double high = scaling.number("high_freq_factor", 0, true);
    if (high <= low) throw scaling.wrong("high_freq_factor", high, "more than low_freq_factor, " + low);
    return new RotaryScaling.Llama3(factor(), low, high, trained());
  }

  private RotaryScaling yarn() {
    double factor = scaling.has("factor") || !hasTrained() ? factor() : growth();
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

  private RotaryScaling longRope(int pairs) {
    double factor = hasTrained() ? growth() : factor();
    double usual = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(trained()));
    return new RotaryScaling.LongRope(scaling.positives("short_factor", pairs), scaling.positives("long_factor", pairs),
        scaling.number("attention_factor", 0, true, usual), trained());
  }
}
