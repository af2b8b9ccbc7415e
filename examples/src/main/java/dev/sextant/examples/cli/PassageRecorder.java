package dev.sextant.examples.cli;

import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks on while a text passes and keeps what concerns its last token. */
final class PassageRecorder implements Observer {
  /** Where to look on. */
  static final Set<Station> STATIONS = EnumSet.of(Station.EMBEDDING, Station.RESIDUAL_PRE, Station.PROBABILITIES,
      Station.ATTENTION_WRITE, Station.MLP_WRITE, Station.RESIDUAL_POST);

  private final int heads;
  private final List<float[]> embeddings = new ArrayList<>();
  private final Sight[] sights;

  /** What was seen last in one layer. */
  private static final class Sight {
    private float[] before = {};
    private float[][] attention = {};
    private float[] attentionWrite = {};
    private float[] mlpWrite = {};
    private float[] after = {};

    Passage.Layer layer() {
      return new Passage.Layer(before, attention, attentionWrite, mlpWrite, after);
    }
  }

  PassageRecorder(int layers, int heads) {
    this.heads = heads;
    this.sights = new Sight[layers];
    for (int layer = 0; layer < layers; layer++) sights[layer] = new Sight();
  }

  /** Long texts come in pieces, the last token in the last one: what comes later replaces what came before. */
  @Override
  public void at(Station station, int layer, LiveRows rows) {
    Sight sight = sights[layer];
    switch (station) {
      case EMBEDDING -> keepAll(rows);
      case RESIDUAL_PRE -> sight.before = last(rows);
      case PROBABILITIES -> sight.attention = lastHeads(rows);
      case ATTENTION_WRITE -> sight.attentionWrite = last(rows);
      case MLP_WRITE -> sight.mlpWrite = last(rows);
      case RESIDUAL_POST -> sight.after = last(rows);
      default -> throw new IllegalArgumentException("nobody looks on at " + station);
    }
  }

  /** What was seen. */
  Passage passage() {
    List<Passage.Layer> layers = new ArrayList<>();
    for (Sight sight : sights) layers.add(sight.layer());
    return new Passage(List.copyOf(embeddings), List.copyOf(layers));
  }

  private void keepAll(LiveRows rows) {
    for (int row = 0; row < rows.rows(); row++) embeddings.add(rows.copyRow(row));
  }

  private static float[] last(LiveRows rows) {
    return rows.copyRow(rows.rows() - 1);
  }

  private float[][] lastHeads(LiveRows rows) {
    float[][] attention = new float[heads][];
    for (int head = 0; head < heads; head++) attention[head] = rows.copyRow(rows.rows() - heads + head);
    return attention;
  }
}
