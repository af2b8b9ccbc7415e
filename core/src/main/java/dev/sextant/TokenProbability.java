package dev.sextant;

/**
 * A token and what the model gives it.
 *
 * @param id          the token's id
 * @param text        its text; empty where no tokenizer is known
 * @param probability in 0..1
 * @param logit       the model's logit, not divided by a temperature
 */
public record TokenProbability(int id, String text, double probability, float logit) {}
