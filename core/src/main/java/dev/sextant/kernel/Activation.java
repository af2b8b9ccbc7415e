package dev.sextant.kernel;

/** The pointwise functions of MLPs. GELU is x Φ(x), exact or in its tanh form (arXiv:1606.08415); SiLU is x σ(x). */
public enum Activation {
  SILU, GELU, GELU_TANH, RELU
}
