package dev.sextant.golden;

import dev.sextant.testing.GoldenTensors;
import dev.sextant.testing.Json;
import java.nio.file.Path;

/** What the reference finds out about one prompt of a golden model. */
record Analysis(Golden golden, Json json, GoldenTensors tensors) {

  /** Small quantities were measured at few places: at least this. */
  private static final double LEAST = 3e-6;

  static Analysis of(String name) {
    Golden golden = Golden.of(name);
    Path folder = golden.folder();
    return new Analysis(golden, Json.read(folder.resolve("analysis.json")),
        GoldenTensors.read(folder.resolve("analysis.safetensors")));
  }

  int[] prompt() {
    return golden.prompt(json.get("prompt").text());
  }

  int integer(String key) {
    return json.get(key).integer();
  }

  double number(String key) {
    return json.get(key).number();
  }

  /** 4 times what single precision costs the reference. */
  double tolerance(String tensor) {
    return Math.max(LEAST, 4 * json.get("float32_error").get(tensor).number());
  }

  void assertClose(String tensor, double[] found) {
    Golden.assertClose(golden + " " + tensor, tensors.doubles(tensor), found, tolerance(tensor));
  }

  @Override
  public String toString() {
    return golden.name();
  }
}
