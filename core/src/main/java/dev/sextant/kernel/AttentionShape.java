package dev.sextant.kernel;

/**
 * How one layer attends.
 *
 * @param heads query heads
 * @param keyValueHeads key/value heads; divides {@code heads}, query head h reads key/value head h / (heads / keyValueHeads)
 * @param headWidth features per head
 * @param scale factor on query · key
 * @param softCap scores become softCap · tanh(score / softCap); 0 for none
 * @param window how many positions a token sees, itself included; {@link Integer#MAX_VALUE} for all before it
 */
public record AttentionShape(int heads, int keyValueHeads, int headWidth, float scale, float softCap, int window) {}
