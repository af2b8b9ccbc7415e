package dev.sextant.kernel;

/**
 * Cosines and sines for some consecutive positions: [positions, pairs] each, row-major, with any attention factor
 * multiplied in.
 */
public record RotaryTable(int positions, int pairs, float[] cos, float[] sin) {}
