package dev.sextant.architecture;

import dev.sextant.architecture.LayerPlans.Rotaries;
import dev.sextant.architecture.LayerPlans.Scores;
import dev.sextant.architecture.LayerPlans.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads what sets layers apart: windows, rotation, scaling of scores, experts. */
final class LayersReader {
  private final Settings settings;
  private final Sizes sizes;

  LayersReader(Settings settings, Sizes sizes) {
    this.settings = settings;
    this.sizes = sizes;
  }

  LayerPlans read() {
    return new LayerPlans(sizes, scores(), windows(), rotaries(), routed());
  }

  private Scores scores() {
    double scale = settings.positive(Setting.SCORE_SCALE,
        1 / Math.sqrt(settings.positive(Setting.SCORE_WIDTH, sizes.headWidth())));
    if (settings.has(Setting.SCALE_SCORES) && !settings.flag(Setting.SCALE_SCORES)) scale = 1;
    return new Scores(scale, settings.flag(Setting.SCALE_SCORES_BY_LAYER), settings.positive(Setting.SCORE_CAP, 0));
  }

  /** By layer_types where given, else by a pattern or from a first layer on, else everywhere. */
  private Windows windows() {
    if (!settings.has(Setting.WINDOW)) return Windows.NONE;
    if (settings.has(Setting.WINDOW_ON) && !settings.flag(Setting.WINDOW_ON)) return Windows.NONE;
    return new Windows(settings.whole(Setting.WINDOW, 1), windowed());
  }

  private IntPredicate windowed() {
    if (settings.has(Setting.LAYER_TYPES)) {
      List<String> types = settings.texts(Setting.LAYER_TYPES, sizes.layers());
      boolean[] windowed = new boolean[types.size()];
      for (int i = 0; i < windowed.length; i++) windowed[i] = isWindowed(types.get(i));
      return layer -> windowed[layer];
    }
    if (settings.has(Setting.WINDOW_PATTERN)) {
      int pattern = settings.whole(Setting.WINDOW_PATTERN, 1);
      return layer -> (layer + 1) % pattern != 0;
    }
    int from = settings.whole(Setting.WINDOW_FROM_LAYER, 0, 0);
    return layer -> layer >= from;
  }

  private boolean isWindowed(String type) {
    return switch (type) {
      case "sliding_attention" -> true;
      case "full_attention" -> false;
      default -> throw settings.file()
          .wrong(settings.key(Setting.LAYER_TYPES), type, "sliding_attention or full_attention");
    };
  }

  private Rotaries rotaries() {
    if (!settings.has(Setting.ROTARY_BASE)) return new Rotaries(null, null, _ -> false);
    Rotary global = RotaryReader.global(settings, sizes);
    Rotary local = settings.has(Setting.LOCAL_ROTARY_BASE) ? RotaryReader.local(settings, sizes) : global;
    return new Rotaries(global, local, rotated());
  }

  private IntPredicate rotated() {
    if (settings.has(Setting.ROTATED_LAYERS)) {
      int[] list = settings.wholes(Setting.ROTATED_LAYERS);
      if (list.length == sizes.layers() && Arrays.stream(list).allMatch(flag -> flag <= 1)) {
        return layer -> list[layer] == 1;
      }
      throw settings.file()
          .wrong(settings.key(Setting.ROTATED_LAYERS), Arrays.toString(list), "a 0 or 1 for each layer");
    }
    int interval = settings.whole(Setting.UNROTATED_INTERVAL, 1, Integer.MAX_VALUE);
    return layer -> (layer + 1) % interval != 0;
  }

  private IntPredicate routed() {
    if (!settings.family().tensors().containsKey(Role.ROUTER)) return _ -> false;
    int interval = settings.whole(Setting.EXPERT_INTERVAL, 1, 1);
    int[] dense = settings.has(Setting.DENSE_LAYERS) ? settings.wholes(Setting.DENSE_LAYERS) : new int[0];
    return layer -> (layer + 1) % interval == 0 && Arrays.stream(dense).noneMatch(each -> each == layer);
  }
}
