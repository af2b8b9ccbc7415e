package dev.sextant.random;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.BlueprintReader;
import dev.sextant.architecture.Role;
import dev.sextant.architecture.Sizes;
import dev.sextant.architecture.TensorName;
import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small model, config.json and model.safetensors, with random settings and random weights.
 *
 * @param folder where it lies
 * @param blueprint what the library makes of its config.json
 * @param stored type of its weights
 */
record RandomModel(Path folder, Blueprint blueprint, DType stored) {

  private static final List<DType> TYPES = List.of(DType.F32, DType.BF16, DType.F16);

  /** Writes one; the same random numbers make the same. */
  static RandomModel draw(Path folder, Random random) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), RandomConfig.draw(random));
    Blueprint blueprint = BlueprintReader.read(folder, List.of(), 1 << 20);
    RandomModel model = new RandomModel(folder, blueprint, TYPES.get(random.nextInt(TYPES.size())));
    model.write(random);
    return model;
  }

  @Override
  public String toString() {
    return blueprint.family().name() + " in " + stored + ", " + blueprint.sizes();
  }

  private void write(Random random) throws IOException {
    Map<String, long[]> shapes = shapes(blueprint.storage().tied() && random.nextBoolean());
    SafetensorsWriter.Builder builder = SafetensorsWriter.to(folder.resolve("model.safetensors"));
    shapes.forEach((name, shape) -> builder.tensor(name, stored, shape));
    try (SafetensorsWriter writer = builder.begin()) {
      for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
        writer.write(tensor.getKey(), data(tensor.getKey(), tensor.getValue(), random));
      }
      writer.finish();
    }
  }

  /** Matrices that keep the length of a row about as it is, norms about 1, small biases. */
  private MemorySegment data(String name, long[] shape, Random random) {
    boolean bias = name.endsWith(".bias");
    boolean norm = shape.length == 1 && !bias;
    double mean = norm && !blueprint.norms().aboutOne() ? 1 : 0;
    double deviation = shape.length == 1 ? 0.2 : 1 / Math.sqrt(shape[1]);
    MemorySegment data = MemorySegment.ofArray(new byte[Math.toIntExact(stored.byteSize(shape))]);
    long count = stored.byteSize(shape) / stored.byteSize();
    for (long i = 0; i < count; i++) set(data, i, (float) (mean + deviation * random.nextGaussian()));
    return data;
  }

  private void set(MemorySegment data, long i, float value) {
    switch (stored) {
      case F32 -> data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES, value);
      case BF16 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * Short.BYTES,
          (short) (Float.floatToRawIntBits(value) >>> 16));
      case F16 -> data.set(ValueLayout.JAVA_SHORT_UNALIGNED, i * Short.BYTES, Float.floatToFloat16(value));
      default -> throw new IllegalStateException(stored + " is not drawn");
    }
  }

  /** All tensors by name, sorted. */
  private Map<String, long[]> shapes(boolean withoutUnembedding) {
    Map<String, long[]> shapes = new TreeMap<>();
    for (Role role : Role.values()) {
      TensorName name = blueprint.family().tensors().get(role);
      if (name == null || role == Role.UNEMBEDDING && withoutUnembedding) continue;
      for (int layer = 0; layer < blueprint.sizes().layers(); layer++) {
        if (!has(role, layer)) continue;
        int copies = name.pattern().contains("@") ? blueprint.experts().count() : 1;
        for (int expert = 0; expert < copies; expert++) add(shapes, name, name.in(layer, expert), shape(role, name));
      }
    }
    if (withoutUnembedding && blueprint.hasBias(blueprint.family().tensors().get(Role.UNEMBEDDING))) {
      shapes.put(blueprint.family().tensors().get(Role.UNEMBEDDING).pattern() + ".bias",
          new long[] {blueprint.sizes().vocabulary()});
    }
    return shapes;
  }

  private void add(Map<String, long[]> shapes, TensorName name, String filled, long[] shape) {
    boolean turned = blueprint.storage().transposed() && shape.length == 2 && name.pattern().contains("*");
    shapes.put(filled + ".weight", turned ? new long[] {shape[1], shape[0]} : shape);
    if (blueprint.hasBias(name)) shapes.put(filled + ".bias", new long[] {shape[0]});
  }

  /** A layer of experts has no MLP of its own, and the other way round. */
  private boolean has(Role role, int layer) {
    boolean routed = blueprint.layers().get(layer).routed();
    return switch (role) {
      case GATE, UP, DOWN -> !routed;
      case ROUTER, EXPERT_GATE, EXPERT_UP, EXPERT_DOWN -> routed;
      default -> true;
    };
  }

  private long[] shape(Role role, TensorName name) {
    long rows = 0;
    for (Role part : name.fused()) rows += rows(part);
    Sizes sizes = blueprint.sizes();
    return switch (role) {
      case ATTENTION_NORM, ATTENTION_NORM_AFTER, MLP_NORM, MLP_NORM_AFTER, FINAL_NORM, QUERY_NORM, KEY_NORM ->
        new long[] {rows};
      case OUTPUT -> new long[] {rows, sizes.queryWidth()};
      case DOWN -> new long[] {rows, sizes.mlp()};
      case EXPERT_DOWN -> new long[] {rows, blueprint.experts().mlp()};
      default -> new long[] {rows, sizes.hidden()};
    };
  }

  private long rows(Role role) {
    Sizes sizes = blueprint.sizes();
    boolean allHeadsAtOnce = blueprint.family().name().equals("olmo2");
    return switch (role) {
      case EMBEDDING, UNEMBEDDING -> sizes.vocabulary();
      case POSITION -> sizes.context();
      case QUERY -> sizes.queryWidth();
      case KEY, VALUE -> sizes.keyValueWidth();
      case QUERY_NORM -> allHeadsAtOnce ? sizes.queryWidth() : sizes.headWidth();
      case KEY_NORM -> allHeadsAtOnce ? sizes.keyValueWidth() : sizes.headWidth();
      case GATE, UP -> sizes.mlp();
      case ROUTER -> blueprint.experts().count();
      case EXPERT_GATE, EXPERT_UP -> blueprint.experts().mlp();
      default -> sizes.hidden();
    };
  }
}
