package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.testing.GoldenTensors;
import dev.sextant.testing.Json;
import java.nio.file.Path;

/** One folder of golden values: a tiny model and what the reference computes from it in double precision. */
record Golden(String name, Path folder, Json json, GoldenTensors tensors) {

  private static final Path ALL = Path.of("src/test/resources/golden/models");

  static Golden of(String name) {
    Path folder = ALL.resolve(name);
    Json json = Json.read(folder.resolve("golden.json"));
    if (!json.has("same_as"))
      return new Golden(name, folder, json, GoldenTensors.read(folder.resolve("golden.safetensors")));
    Path twin = ALL.resolve(json.get("same_as").text());
    return new Golden(name, folder, Json.read(twin.resolve("golden.json")),
        GoldenTensors.read(twin.resolve("golden.safetensors")));
  }

  Model load(LoadOptions options) {
    return Model.load(folder, options);
  }

  int[] prompt(String prompt) {
    return json.get("prompts").get(prompt).integers();
  }

  /**
   * The tolerance the goldens state for a kind of quantity: 4 times what single precision costs the reference, and for
   * probabilities, of which only the last positions were measured, at least the bound that holds for the whole set.
   */
  double tolerance(String kind) {
    double tolerance = json.get("float32_error").get("suggested_tolerance").get(kind).number();
    return kind.equals("softmax_abs") ? Math.max(tolerance, 3e-6) : tolerance;
  }

  void assertClose(String tensor, double[] found, String kind) {
    assertClose(tensor, tensors.doubles(tensor), found, tolerance(kind));
  }

  static void assertClose(String what, double[] expected, double[] found, double tolerance) {
    assertEquals(expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= tolerance)) {
        throw new AssertionError(what + " [" + i + "]: expected " + expected[i] + ", found " + found[i] + ", tolerance "
            + tolerance);
      }
    }
  }

  static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) doubles[i] = floats[i];
    return doubles;
  }

  @Override
  public String toString() {
    return name;
  }
}
