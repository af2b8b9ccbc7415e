package dev.sextant.architecture;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a family reads from its config.json; its table says under which key, and what holds when the key is absent. */
public enum Setting {
  HIDDEN("hidden"),
  LAYERS("layers"),
  HEADS("heads"),
  KEY_VALUE_HEADS("key/value heads"),
  HEAD_WIDTH("head width"),
  MLP("mlp"),
  VOCABULARY("vocabulary"),
  CONTEXT("context"),
  EPSILON("epsilon"),
  ACTIVATION("activation"),
  TIED("tied"),
  ATTENTION_BIAS("attention bias"),
  MLP_BIAS("mlp bias"),
  WINDOW("window"),
  WINDOW_ON("window on"),
  WINDOW_FROM_LAYER("window from layer"),
  LAYER_TYPES("layer types"),
  SCALE_SCORES("scale scores"),
  SCALE_SCORES_BY_LAYER("scale scores by layer");

  private final String word;

  Setting(String word) {
    this.word = word;
  }

  static Setting of(String word) {
    for (Setting setting : values()) if (setting.word.equals(word)) return setting;
    throw new IllegalArgumentException("no setting '" + word + "'; known: "
        + Arrays.stream(values()).map(setting -> setting.word).collect(Collectors.joining(", ")));
  }
}
