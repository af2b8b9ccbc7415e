package dev.sextant.architecture;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What sets a family's numbers apart; its table says under which key of config.json it stands, or its value. */
public enum Setting {
  HIDDEN("hidden"),
  LAYERS("layers"),
  HEADS("heads"),
  KEY_VALUE_HEADS("key/value heads"),
  HEAD_WIDTH("head width"),
  MLP("mlp"),
  VOCABULARY("vocabulary"),
  CONTEXT("context"),
  /** Kind of all norms: {@code rms}, {@code rms about one} (weights are stored less one) or {@code layer}. */
  NORM("norm"),
  EPSILON("epsilon"),
  ACTIVATION("activation"),
  TIED("tied"),
  ATTENTION_BIAS("attention bias"),
  MLP_BIAS("mlp bias"),
  /** What some checkpoints put before the names of body tensors and others leave out. */
  PREFIX("prefix"),
  /** Whether projections are stored [in, out] instead of [out, in]. */
  TRANSPOSED("transposed"),
  /** Base of the rotary frequencies; a family without it does not rotate. */
  ROTARY_BASE("rotary base"),
  /** Which part of a head is rotated, in (0, 1]. */
  ROTARY_PART("rotary part"),
  /** Base of the rotary frequencies, unscaled, in layers with a window. */
  LOCAL_ROTARY_BASE("local rotary base"),
  /** For each layer whether it rotates: 1 or 0. */
  ROTATED_LAYERS("rotated layers"),
  /** Every n-th layer does not rotate, where the list above is absent. */
  UNROTATED_INTERVAL("unrotated interval"),
  WINDOW("window"),
  WINDOW_ON("window on"),
  /** Layers below this one have no window. */
  WINDOW_FROM_LAYER("window from layer"),
  /** Every n-th layer has no window. */
  WINDOW_PATTERN("window pattern"),
  LAYER_TYPES("layer types"),
  /** Whether scores are divided by the root of the head's width. */
  SCALE_SCORES("scale scores"),
  /** Whether scores are also divided by layer + 1. */
  SCALE_SCORES_BY_LAYER("scale scores by layer"),
  /** A number whose root divides scores, instead of the head's width. */
  SCORE_WIDTH("score width"),
  /** What scores are multiplied with, instead of dividing by that root. */
  SCORE_SCALE("score scale"),
  /** Scores are bent to stay below: cap tanh(score / cap). */
  SCORE_CAP("score cap"),
  LOGIT_CAP("logit cap"),
  LOGIT_DIVISOR("logit divisor"),
  EMBEDDING_SCALE("embedding scale"),
  /** What both writes of a block are multiplied with. */
  RESIDUAL_SCALE("residual scale"),
  /** Whether the MLP reads what attention reads, instead of what attention has written to. */
  PARALLEL("parallel"),
  EXPERTS("experts"),
  /** How many experts see a token. */
  EXPERTS_CHOSEN("experts chosen"),
  EXPERT_MLP("expert mlp"),
  /** Whether the chosen experts' probabilities are brought to sum 1. */
  RENORMALIZE("renormalize"),
  /** Layers that have a plain MLP instead of experts. */
  DENSE_LAYERS("dense layers"),
  /** Every n-th layer has experts. */
  EXPERT_INTERVAL("expert interval");

  private final String word;

  Setting(String word) {
    this.word = word;
  }

  /** Whether null in config.json means "none", where an absent key means the usual value. */
  boolean nullIsNone() {
    return this == WINDOW || this == SCORE_CAP || this == LOGIT_CAP;
  }

  /** As a table of settings writes it. */
  @Override
  public String toString() {
    return word;
  }

  static Setting of(String word) {
    for (Setting setting : values()) if (setting.word.equals(word)) return setting;
    throw new IllegalArgumentException("no setting '" + word + "'; known: "
        + Arrays.stream(values()).map(setting -> setting.word).collect(Collectors.joining(", ")));
  }
}
