package dev.sextant.random;

import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Families;
import dev.sextant.architecture.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A config.json of a random family: each setting that the family reads gets a random value that makes sense beside the others. */
final class RandomConfig {
  /** Most tokens a text may have. */
  static final int CONTEXT = 64;

  private final Random random;
  private final Architecture family;
  private final int layers;
  private final int keyValueHeads;
  private final int heads;
  private final double rotaryPart;
  private final int headWidth;
  private final int hidden;
  private final int experts;

  private RandomConfig(Random random) {
    this.random = random;
    this.family = Families.named(any(Families.names()));
    this.layers = 1 + random.nextInt(3);
    boolean grouped = has(Setting.KEY_VALUE_HEADS);
    this.keyValueHeads = 1 + random.nextInt(3);
    this.heads = keyValueHeads * (grouped ? 1 + random.nextInt(4) : 1);
    this.rotaryPart = any(List.of(0.25, 0.5, 1.0));
    int unit = !has(Setting.ROTARY_BASE) ? 1 : has(Setting.ROTARY_PART) ? (int) (2 / rotaryPart) : 2;
    this.headWidth = unit * (1 + random.nextInt(40 / unit));
    this.hidden = has(Setting.HEAD_WIDTH) ? 3 + random.nextInt(120) : heads * headWidth;
    this.experts = 1 + random.nextInt(5);
  }

  /** The text of the file; the same random numbers make the same. */
  static String draw(Random random) {
    return new RandomConfig(random).text();
  }

  private String text() {
    Map<String, String> entries = new TreeMap<>();
    entries.put("model_type", quoted(family.name()));
    for (Setting setting : Setting.values()) {
      Architecture.Key key = family.settings().get(setting);
      if (key == null || key.names().isEmpty()) continue;
      String value = value(setting);
      if (value != null) entries.put(any(key.names()), value);
    }
    if (has(Setting.ROTARY_BASE) && random.nextInt(4) == 0) {
      entries.put("rope_scaling", "{\"rope_type\": \"linear\", \"factor\": " + (1 + random.nextInt(4)) + "}");
    }
    return entries.entrySet().stream().map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  /** As JSON; null: the key is left out. */
  private @Nullable String value(Setting setting) {
    return switch (setting) {
      case HIDDEN -> whole(hidden);
      case LAYERS -> whole(layers);
      case HEADS -> whole(heads);
      case KEY_VALUE_HEADS -> whole(keyValueHeads);
      case HEAD_WIDTH -> whole(headWidth);
      case MLP, EXPERT_MLP -> whole(1 + random.nextInt(160));
      case VOCABULARY -> whole(2 + random.nextInt(120));
      case CONTEXT -> whole(CONTEXT);
      case EPSILON -> any(List.of("1e-5", "1e-6"));
      case ACTIVATION -> quoted(any(List.of("silu", "gelu", "gelu_new", "gelu_pytorch_tanh", "relu")));
      case ROTARY_BASE, LOCAL_ROTARY_BASE -> whole(100 + random.nextInt(20_000));
      case ROTARY_PART -> Double.toString(rotaryPart);
      case ROTATED_LAYERS -> optional(list(() -> random.nextInt(2)));
      case UNROTATED_INTERVAL -> whole(1 + random.nextInt(4));
      case WINDOW -> whole(1 + random.nextInt(20));
      case WINDOW_FROM_LAYER -> whole(random.nextInt(layers));
      case WINDOW_PATTERN -> whole(1 + random.nextInt(3));
      case LAYER_TYPES -> optional(types());
      case SCORE_WIDTH -> whole(1 + random.nextInt(64));
      case SCORE_SCALE -> between(0.05, 0.5);
      case SCORE_CAP, LOGIT_CAP -> between(5, 50);
      case LOGIT_DIVISOR -> between(0.5, 8);
      case EMBEDDING_SCALE, RESIDUAL_SCALE -> between(0.2, 3);
      case TIED, ATTENTION_BIAS, MLP_BIAS, WINDOW_ON, SCALE_SCORES, SCALE_SCORES_BY_LAYER, PARALLEL, RENORMALIZE ->
        Boolean.toString(random.nextBoolean());
      case EXPERTS -> whole(experts);
      case EXPERTS_CHOSEN -> whole(1 + random.nextInt(experts));
      case DENSE_LAYERS -> optional("[" + random.nextInt(layers) + "]");
      case EXPERT_INTERVAL -> whole(1 + random.nextInt(2));
      case NORM, PREFIX, TRANSPOSED -> throw new IllegalStateException(setting + " is fixed in every family");
    };
  }

  private boolean has(Setting setting) {
    return family.settings().containsKey(setting);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private @Nullable String optional(String value) {
    return random.nextBoolean() ? value : null;
  }

  private String between(double least, double most) {
    return Double.toString(least + random.nextDouble() * (most - least));
  }

  private String types() {
    return IntStream.range(0, layers).mapToObj(_ -> quoted(any(List.of("full_attention", "sliding_attention"))))
        .toList().toString();
  }

  private String list(IntSupplier each) {
    return Arrays.toString(IntStream.generate(each).limit(layers).toArray());
  }

  private static String whole(int value) {
    return Integer.toString(value);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
