package dev.sextant.forward;

import dev.sextant.kernel.Rows;

/** The buffers inside an MLP, gated or not. */
final class Features {
  /** What goes on to the way back [tokens, mlp]: the gate where there is one, by then multiplied with what it lets pass. */
  final Rows bent;
  /** What a gate lets pass [tokens, mlp]. */
  final Rows up;
  /** Where a gated MLP's two projections go, and where an ungated one's only one goes. */
  final Rows[] gated;
  final Rows[] plain;

  Features(int width) {
    bent = new Rows(width);
    up = new Rows(width);
    gated = new Rows[] {bent, up};
    plain = new Rows[] {bent};
  }
}
