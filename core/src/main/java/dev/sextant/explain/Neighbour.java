package dev.sextant.explain;

/**
 * A token near a vector.
 *
 * @param id the token's id
 * @param text its text; empty where no tokenizer is known
 * @param similarity cosine or dot product of its row and the vector
 */
public record Neighbour(int id, String text, double similarity) {}
