package dev.sextant.architecture;

/**
 * The sizes of a model.
 *
 * @param vocabulary tokens it can name (rows of the embedding)
 * @param hidden width of the residual stream
 * @param layers number of blocks
 * @param heads query heads per layer
 * @param keyValueHeads key/value heads per layer; divides {@code heads}
 * @param headWidth features per head
 * @param mlp width inside the MLP
 * @param context most positions it was made for
 */
public record Sizes(int vocabulary, int hidden, int layers, int heads, int keyValueHeads, int headWidth, int mlp,
    int context) {

  /** No width is larger, so that no index into the rows of a pass, some hundred tokens, overflows. */
  static final int MOST_WIDTH = 1 << 21;

  /** Features of all query heads together. */
  public int queryWidth() {
    return Math.multiplyExact(heads, headWidth);
  }

  /** Features of all key heads, or all value heads, together. */
  public int keyValueWidth() {
    return Math.multiplyExact(keyValueHeads, headWidth);
  }
}
