package dev.sextant.explain;

/** How a vector is held against the rows of tokens. */
public enum Similarity {
  /** The cosine of the angle, in [-1, 1], whatever the lengths; 0 with a row of zeros. */
  COSINE,
  /** The dot product, in which long rows count more. */
  DOT
}
