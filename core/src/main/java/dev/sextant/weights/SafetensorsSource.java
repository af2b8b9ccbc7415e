package dev.sextant.weights;

import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The tensors of a safetensors file or folder. */
public record SafetensorsSource(Safetensors file) implements TensorSource {
  @Override
  public List<String> names() {
    return file.names();
  }

  @Override
  public boolean contains(String name) {
    return file.contains(name);
  }

  @Override
  public Info info(String name) {
    TensorInfo info = file.info(name);
    return new Info(info.dtype().name(), info.shape());
  }

  @Override
  public MemorySegment segment(String name) {
    return file.data(name);
  }
}
