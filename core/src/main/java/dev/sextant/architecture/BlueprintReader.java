package dev.sextant.architecture;

import dev.sextant.SextantException;
import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.architecture.Blueprint.Norms;
import dev.sextant.architecture.Blueprint.Storage;
import dev.sextant.architecture.Blueprint.Stream;
import dev.sextant.kernel.Activation;
import dev.sextant.kernel.Norm;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a config.json by its family's table of settings. */
public final class BlueprintReader {
  private static final String FILE = "config.json";

  private final Config config;
  private final Settings settings;

  private BlueprintReader(Config config, Architecture family) {
    this.config = config;
    this.settings = new Settings(config, family);
  }

  /**
   * The blueprint of the model in a folder. Throws {@link SextantException} naming the key that is wrong.
   *
   * @param more families besides the known ones; they win
   * @param mostBytes that the file may have, up to 1 GiB
   */
  public static Blueprint read(Path folder, List<Architecture> more, long mostBytes) {
    return read(text(folder, mostBytes), more);
  }

  /**
   * The text of a folder's config.json, without a byte order mark. Throws {@link SextantException} if it cannot be
   * read.
   *
   * @param mostBytes that the file may have, up to 1 GiB
   */
  public static String text(Path folder, long mostBytes) {
    return JsonFile.text(folder.resolve(FILE), mostBytes);
  }

  /** The blueprint that the text of a config.json describes, else as {@link #read(Path, List, long)}. */
  public static Blueprint read(String text, List<Architecture> more) {
    Config config = new Config(FILE, JsonFile.parse(FILE, text));
    Architecture family = Families.of(config, more);
    return new BlueprintReader(config, SavedForm.is(config) ? SavedForm.of(family) : family).blueprint();
  }

  private Blueprint blueprint() {
    Keys.refuseUnknownMaths(settings);
    Sizes sizes = sizes();
    LayerPlans layers = new LayersReader(settings, sizes).read();
    return new Blueprint(settings.family(), sizes, layers, norms(), stream(), activation(), experts(), storage(),
        Keys.unread(settings));
  }

  private Sizes sizes() {
    int hidden = settings.whole(Setting.HIDDEN, 1);
    int heads = settings.whole(Setting.HEADS, 1);
    int keyValueHeads = settings.whole(Setting.KEY_VALUE_HEADS, 1, heads);
    if (heads % keyValueHeads != 0) {
      throw config.error(settings.key(Setting.HEADS) + " " + heads + " is not a multiple of "
          + settings.key(Setting.KEY_VALUE_HEADS) + " " + keyValueHeads);
    }
    int headWidth = headWidth(hidden, heads);
    int mlp = mlp();
    requireWidth(settings.key(Setting.HIDDEN), hidden);
    requireWidth(settings.key(Setting.HEADS) + " " + heads + " x " + headWidth + " features per head",
        (long) heads * headWidth);
    requireWidth(settings.key(isPlain() ? Setting.MLP : Setting.EXPERT_MLP), mlp);
    return new Sizes(settings.whole(Setting.VOCABULARY, 1), hidden, settings.whole(Setting.LAYERS, 1), heads,
        keyValueHeads, headWidth, mlp, settings.whole(Setting.CONTEXT, 1));
  }

  private void requireWidth(String what, long width) {
    if (width > Sizes.MOST_WIDTH)
      throw config.error(what + ": " + width + " numbers are too many; at most " + Sizes.MOST_WIDTH + " are supported");
  }

  private int headWidth(int hidden, int heads) {
    if (settings.has(Setting.HEAD_WIDTH)) return settings.whole(Setting.HEAD_WIDTH, 1);
    if (hidden % heads == 0) return hidden / heads;
    boolean readsIt = settings.family().settings().containsKey(Setting.HEAD_WIDTH);
    throw config.error(settings.key(Setting.HIDDEN) + " " + hidden + " is not divisible by "
        + settings.key(Setting.HEADS) + " " + heads
        + (readsIt ? " and " + settings.key(Setting.HEAD_WIDTH) + " is not given" : ""));
  }

  /** The width of plain MLPs, or where there are none, of experts. */
  private int mlp() {
    return settings.whole(isPlain() ? Setting.MLP : Setting.EXPERT_MLP, 1);
  }

  private boolean isPlain() {
    return settings.family().settings().containsKey(Setting.MLP);
  }

  private Norms norms() {
    float epsilon = (float) settings.number(Setting.EPSILON);
    String kind = String.valueOf(settings.text(Setting.NORM));
    return switch (kind) {
      case "rms" -> new Norms(Norm.Kind.RMS, false, epsilon);
      case "rms about one" -> new Norms(Norm.Kind.RMS, true, epsilon);
      case "layer" -> new Norms(Norm.Kind.LAYER, false, epsilon);
      default -> throw config.wrong(settings.key(Setting.NORM), kind, "rms, rms about one or layer");
    };
  }

  private Stream stream() {
    return new Stream((float) settings.positive(Setting.EMBEDDING_SCALE, 1), settings.flag(Setting.PARALLEL),
        (float) settings.positive(Setting.RESIDUAL_SCALE, 1),
        (float) (1 / settings.positive(Setting.LOGIT_DIVISOR, 1)), (float) settings.positive(Setting.LOGIT_CAP, 0));
  }

  private Activation activation() {
    String key = settings.key(Setting.ACTIVATION);
    String name = settings.text(Setting.ACTIVATION);
    if (name == null) throw config.error(key + " is missing; it must name the activation");
    return switch (name) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu" -> Activation.GELU;
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> Activation.GELU_TANH;
      case "relu" -> Activation.RELU;
      default -> throw config.wrong(key, name, "silu, swish, gelu, gelu_new, gelu_pytorch_tanh, gelu_fast or relu");
    };
  }

  private @Nullable Experts experts() {
    if (!settings.family().tensors().containsKey(Role.ROUTER)) return null;
    int count = settings.whole(Setting.EXPERTS, 1);
    int chosen = settings.whole(Setting.EXPERTS_CHOSEN, 1);
    if (chosen > count) {
      throw config.error(settings.key(Setting.EXPERTS_CHOSEN) + " " + chosen + " is more than "
          + settings.key(Setting.EXPERTS) + " " + count);
    }
    int mlp = settings.whole(Setting.EXPERT_MLP, 1);
    requireWidth(settings.key(Setting.EXPERT_MLP), mlp);
    return new Experts(count, chosen, mlp, settings.flag(Setting.RENORMALIZE));
  }

  private Storage storage() {
    return new Storage(settings.flag(Setting.TIED), settings.flag(Setting.ATTENTION_BIAS),
        settings.flag(Setting.MLP_BIAS), settings.flag(Setting.TRANSPOSED), SavedForm.is(config),
        QuantizationReader.read(config));
  }
}
