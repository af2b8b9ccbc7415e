package dev.sextant;

/**
 * A model family that can be loaded.
 *
 * @param name the {@code model_type} of config.json
 * @param models typical models, in words
 * @param features what sets it apart, in words
 * @param tested how it is tested: the names of the small models in {@code core/src/test/resources/golden/models} whose
 *     outputs, computed by a reference in double precision, it reproduces, and what else is compared
 */
public record Family(String name, String models, String features, String tested) {}
