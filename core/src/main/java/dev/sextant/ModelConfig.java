package dev.sextant;

import java.util.List;

/**
 * What a model is, read from its config.json.
 *
 * @param family the model_type: llama, gpt2 …
 * @param vocabularySize how many ids the model knows; an id lies in [0, vocabularySize)
 * @param hiddenSize width of the residual stream
 * @param layers number of blocks
 * @param heads query heads per block
 * @param keyValueHeads key/value heads per block
 * @param headWidth features per head
 * @param mlpWidth width inside the MLP
 * @param contextLength most tokens a text may have
 * @param endTokens ids that end a text; empty if the files name none
 */
public record ModelConfig(String family, int vocabularySize, int hiddenSize, int layers, int heads, int keyValueHeads,
    int headWidth, int mlpWidth, int contextLength, List<Integer> endTokens) {
  public ModelConfig { endTokens = List.copyOf(endTokens); }
}
