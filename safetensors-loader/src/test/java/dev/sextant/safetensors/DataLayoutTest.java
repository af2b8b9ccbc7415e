package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of all tensors together: one after the other, up to the last byte. */
class DataLayoutTest {
  @TempDir
  Path folder;

  /** Entries like "a 0 4": name, begin, end, one byte each element. */
  private Catalog inspect(int dataSize, String... entries) throws IOException {
    StringBuilder header = new StringBuilder();
    for (String entry : entries) {
      String[] part = entry.split(" ");
      int size = Integer.parseInt(part[2]) - Integer.parseInt(part[1]);
      header.append(header.isEmpty() ? '{' : ',')
          .append("\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%s,%s]}".formatted(part[0], size, part[1],
              part[2]));
    }
    byte[] bytes = Bytes.file(header.isEmpty() ? "{}" : header + "}", new byte[dataSize]);
    return Safetensors.inspect(Bytes.write(folder.resolve("file"), bytes));
  }

  private void refuses(String tensor, String mention, int dataSize, String... entries) {
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> inspect(dataSize, entries));
    assertEquals(tensor, String.valueOf(error.tensor()));
    assertTrue(String.valueOf(error.getMessage()).contains(mention), error::getMessage);
  }

  @Test
  void holesAreRefused() {
    refuses("a", "hole of 4", 20, "a 4 20");
    refuses("b", "hole of 4", 16, "a 0 4", "b 8 16");
  }

  @Test
  void overlapIsRefused() {
    refuses("b", "overlapping", 16, "a 0 12", "b 8 16");
    refuses("b", "overlapping", 16, "a 0 16", "b 0 16");
    refuses("a", "overlapping", 16, "b 0 8", "a 0 16");
    refuses("b", "overlapping", 16, "a 0 16", "b 4 8");
    refuses("z", "overlapping", 16, "a 0 16", "z 8 8");
  }

  @Test
  void theDataMustEndWithTheFile() {
    refuses("null", "16 bytes, the data section has 17", 17, "a 0 16");
    refuses("null", "0 bytes, the data section has 3", 3);
    refuses("a", "0..16 of a 15-byte", 15, "a 0 16");
    refuses("b", "16..4016 of a 16-byte", 16, "a 0 16", "b 16 4016");
  }

  @Test
  void emptyTensorsLieAnywhereBetween() throws IOException {
    Catalog catalog = inspect(8, "b 4 8", "y 4 4", "a 0 4", "x 0 0", "w 0 0", "z 8 8");
    assertEquals(List.of("x", "w", "a", "y", "b", "z"), catalog.names());
    assertEquals(List.of(), inspect(0).names());
  }
}
