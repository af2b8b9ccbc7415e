package dev.sextant.golden;

import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.trace.Station;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Copies of what passed some stations while a prompt ran through a model in one piece. */
record Trace(Session session, Map<Key, float[]> rows) {
  record Key(Station station, int layer) {}

  static Trace of(Model model, int[] ids, Station... stations) {
    Map<Key, float[]> rows = new HashMap<>();
    Session session = model.session().observe(Set.of(stations),
        (station, layer, live) -> rows.put(new Key(station, layer), live.copy()));
    session.append(ids);
    return new Trace(session, rows);
  }

  float[] at(Station station, int layer) {
    float[] found = rows.get(new Key(station, layer));
    if (found == null) throw new AssertionError("station " + station + " of layer " + layer + " was not passed");
    return found;
  }
}
