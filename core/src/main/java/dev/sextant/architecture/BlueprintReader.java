package dev.sextant.architecture;

import dev.sextant.SextantException;
import dev.sextant.architecture.LayerPlans.Windows;
import dev.sextant.kernel.Activation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a config.json by its family's table of settings. */
public final class BlueprintReader {
  private static final int MAX_LAYERS = 1 << 16;
  /** Keys that change the numbers in some family, and the value under which they change nothing. */
  private static final Map<String, Object> NEUTRAL = Map.ofEntries(Map.entry("attention_multiplier", 1.0),
      Map.entry("attn_logit_softcapping", 0.0), Map.entry("final_logit_softcapping", 0.0),
      Map.entry("embedding_multiplier", 1.0), Map.entry("residual_multiplier", 1.0), Map.entry("logits_scaling", 1.0),
      Map.entry("logit_scale", 1.0), Map.entry("partial_rotary_factor", 1.0), Map.entry("rotary_pct", 1.0),
      Map.entry("query_pre_attn_scalar", false), Map.entry("quantization_config", false),
      Map.entry("add_cross_attention", false), Map.entry("alibi", false), Map.entry("clip_qkv", false),
      Map.entry("use_qk_norm", false), Map.entry("qk_layernorm", false), Map.entry("parallel_attn", false),
      Map.entry("num_local_experts", 0.0), Map.entry("num_experts", 0.0), Map.entry("attention_chunk_size", false),
      Map.entry("sliding_window", false), Map.entry("rope_interleaved", false), Map.entry("layer_types", false),
      Map.entry("no_rope_layers", false),
      Map.entry("scale_attn_weights", true), Map.entry("scale_attn_by_inverse_layer_idx", false));
  /** Keys that describe training, bookkeeping or how others run the model, but not its numbers. */
  private static final Set<String> BOOKKEEPING = Set.of("model_type", "architectures", "torch_dtype", "dtype",
      "transformers_version", "initializer_range", "use_cache", "bos_token_id", "eos_token_id", "pad_token_id",
      "rope_theta", "rope_scaling", "rope_parameters", "pretraining_tp", "attention_dropout", "_name_or_path", "n_ctx",
      "attn_pdrop", "embd_pdrop", "resid_pdrop", "summary_activation", "summary_first_dropout",
      "summary_proj_to_labels",
      "summary_type", "summary_use_proj", "reorder_and_upcast_attn", "original_max_position_embeddings",
      "task_specific_params", "gradient_checkpointing");

  private final Config config;
  private final Architecture family;

  private BlueprintReader(Config config, Architecture family) {
    this.config = config;
    this.family = family;
  }

  /** The blueprint of the model in a folder. Throws {@link SextantException} naming the key that is wrong. */
  public static Blueprint read(Path folder) {
    Path file = folder.resolve("config.json");
    Config config = new Config("config.json", JsonFile.read(file));
    return new BlueprintReader(config, Families.of(config)).blueprint();
  }

  private Blueprint blueprint() {
    refuseUnknownMaths();
    Sizes sizes = sizes();
    Rotary rotary = family.rotary() ? RotaryReader.read(config, sizes.headWidth(), sizes.context()) : null;
    double scale = flag(Setting.SCALE_SCORES, true) ? 1 / Math.sqrt(sizes.headWidth()) : 1;
    LayerPlans layers = new LayerPlans(sizes, rotary, windows(sizes.layers()), scale,
        flag(Setting.SCALE_SCORES_BY_LAYER, false));
    float epsilon = (float) config.number(key(Setting.EPSILON), 0, false);
    Blueprint.Biases biases = new Blueprint.Biases(flag(Setting.ATTENTION_BIAS, false), flag(Setting.MLP_BIAS, false));
    return new Blueprint(family, sizes, layers, epsilon, activation(), flag(Setting.TIED, false), biases, unread());
  }

  private Sizes sizes() {
    int hidden = config.integer(key(Setting.HIDDEN), 1);
    int heads = config.integer(key(Setting.HEADS), 1);
    int keyValueHeads = optional(Setting.KEY_VALUE_HEADS, heads);
    if (heads % keyValueHeads != 0) {
      throw config.error(key(Setting.HEADS) + " " + heads + " is not a multiple of " + key(Setting.KEY_VALUE_HEADS)
          + " " + keyValueHeads);
    }
    int headWidth = optional(Setting.HEAD_WIDTH, hidden % heads == 0 ? hidden / heads : -1);
    if (headWidth < 0) {
      throw config.error(key(Setting.HIDDEN) + " " + hidden + " is not divisible by " + key(Setting.HEADS) + " " + heads
          + (has(Setting.HEAD_WIDTH) ? " and head_dim is not given" : ""));
    }
    return new Sizes(config.integer(key(Setting.VOCABULARY), 1), hidden, config.integer(key(Setting.LAYERS), 1), heads,
        keyValueHeads, headWidth, mlp(hidden), config.integer(key(Setting.CONTEXT), 1));
  }

  /** The MLP's width; a family may say that without the key it is a multiple of the hidden width: {@code 4 x hidden}. */
  private int mlp(int hidden) {
    String absent = family.settings().get(Setting.MLP).absent();
    if (absent.isEmpty()) return config.integer(key(Setting.MLP), 1);
    long width = Long.parseLong(absent.substring(0, absent.indexOf(" x hidden"))) * hidden;
    return config.integer(key(Setting.MLP), 1, (int) Math.min(width, Integer.MAX_VALUE));
  }

  /** Sliding windows (arXiv:2004.05150): by layer_types where given, else from a first layer on, else everywhere. */
  private Windows windows(int layers) {
    if (!has(Setting.WINDOW) || !flag(Setting.WINDOW_ON, true) || config.isNull(key(Setting.WINDOW)))
      return Windows.NONE;
    int width = config.integer(key(Setting.WINDOW), 1, absent(Setting.WINDOW));
    if (layers > MAX_LAYERS) throw config.error(key(Setting.LAYERS) + " is " + layers + "; at most " + MAX_LAYERS);
    boolean[] windowed = new boolean[layers];
    if (has(Setting.LAYER_TYPES) && config.has(key(Setting.LAYER_TYPES))) {
      List<String> types = config.texts(key(Setting.LAYER_TYPES), layers);
      for (int i = 0; i < layers; i++) windowed[i] = isWindowed(types.get(i));
    } else {
      int from = has(Setting.WINDOW_FROM_LAYER)
          ? config.integer(key(Setting.WINDOW_FROM_LAYER), 0, absent(Setting.WINDOW_FROM_LAYER))
          : 0;
      Arrays.fill(windowed, Math.min(from, layers), layers, true);
    }
    return new Windows(width, windowed);
  }

  private boolean isWindowed(String type) {
    return switch (type) {
      case "sliding_attention" -> true;
      case "full_attention" -> false;
      default -> throw config.wrong(key(Setting.LAYER_TYPES), type, "sliding_attention or full_attention");
    };
  }

  private Activation activation() {
    String key = key(Setting.ACTIVATION);
    String name = config.text(key);
    return switch (name) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu" -> Activation.GELU;
      case "gelu_new", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
      case "relu" -> Activation.RELU;
      case null -> throw config.error(key + " is missing; it must name the activation");
      default -> throw config.wrong(key, name, "silu, swish, gelu, gelu_new, gelu_pytorch_tanh or relu");
    };
  }

  /** A key that nothing here understands and that is not at its neutral value changes the numbers: better no model. */
  private void refuseUnknownMaths() {
    for (String key : config.keys()) {
      if (!NEUTRAL.containsKey(key) || isRead(key) || !config.has(key)) continue;
      Object neutral = NEUTRAL.get(key);
      Object found = config.raw(key);
      boolean same = neutral instanceof Double number
          ? found instanceof Number n && n.doubleValue() == number
          : neutral.equals(found);
      if (!same) throw config.wrong(key, found, "null: family " + family.name() + " is not known to use it");
    }
  }

  private List<String> unread() {
    List<String> unread = new ArrayList<>();
    for (String key : config.keys()) {
      if (!isRead(key) && !BOOKKEEPING.contains(key) && !NEUTRAL.containsKey(key)) unread.add(key);
    }
    return List.copyOf(unread);
  }

  private boolean isRead(String key) {
    return family.settings().values().stream().anyMatch(setting -> setting.name().equals(key));
  }

  private boolean has(Setting setting) {
    return family.settings().containsKey(setting);
  }

  private int absent(Setting setting) {
    return Integer.parseInt(family.settings().get(setting).absent());
  }

  private String key(Setting setting) {
    Architecture.Key key = family.settings().get(setting);
    if (key == null) throw new IllegalStateException("family " + family.name() + " has no setting " + setting);
    return key.name();
  }

  private int optional(Setting setting, int absent) {
    return has(setting) ? config.integer(key(setting), 1, absent) : absent;
  }

  private boolean flag(Setting setting, boolean unknownHere) {
    Architecture.@Nullable Key key = family.settings().get(setting);
    return key == null ? unknownHere : config.flag(key.name(), Boolean.parseBoolean(key.absent()));
  }
}
