package dev.sextant.fuzz;

import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.safetensors.TensorInfo;
import java.io.IOException;

/** A safetensors file: it is refused, or every tensor lies inside it and has as many bytes as its shape says. */
public final class SafetensorsFuzzer {
  private static final Scratch SCRATCH = Scratch.of("model.safetensors");

  private SafetensorsFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    SCRATCH.write(data);
    try (Safetensors file = Safetensors.open(SCRATCH.file())) {
      for (String name : file.names()) requireSound(file.info(name), file.data(name).byteSize(), data.length);
    } catch (SafetensorsException e) {
      Refusal.require(e, "model.safetensors");
    }
  }

  private static void requireSound(TensorInfo info, long mapped, long fileSize) {
    if (info.byteSize() != mapped || mapped > fileSize) {
      throw new AssertionError(info + " of " + mapped + " bytes in a file of " + fileSize);
    }
  }
}
