package dev.sextant.explain;

/**
 * What one head does over a text, as means over the tokens that look, the first left out: it can only look at itself. A
 * measure is NaN where the text gives no occasion for it.
 *
 * @param layer from 0
 * @param head from 0
 * @param entropy of its attention in nats: 0 when it looks at one token, log n when at n alike
 * @param firstToken attention to the first token of the text, in 0..1: where heads look that have nothing to do
 * @param previousToken attention to the token before, in 0..1
 * @param duplicateToken attention to earlier occurrences of the same token, in 0..1, over the tokens that have one
 * @param induction attention to the tokens behind earlier occurrences of the same token, in 0..1, over the tokens that have
 *     such (prefix matching; Olsson et al., "In-context Learning and Induction Heads", arXiv:2209.11895)
 * @param distance attention by distance
 */
public record HeadPattern(int layer, int head, double entropy, double firstToken, double previousToken,
    double duplicateToken, double induction, AttentionByDistance distance) {}
