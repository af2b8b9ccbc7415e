package dev.sextant.safetensors;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The rule for all tensors of a file together: one after the other, no holes, no overlap, up to the last byte. */
final class DataLayout {
  // Empty tensors may share an offset with the tensor after them.
  private static final Comparator<TensorInfo> BY_PLACE = Comparator.comparingLong(TensorInfo::offset)
      .thenComparingLong(TensorInfo::byteSize);

  private DataLayout() {}

  /** Sorts the tensors by place in the file, and checks that they cover its data. */
  static void check(Path file, List<TensorInfo> tensors, long dataStart, long fileSize) {
    tensors.sort(BY_PLACE);
    long at = dataStart;
    for (TensorInfo tensor : tensors) {
      long gap = tensor.offset() - at;
      if (gap != 0) {
        throw SafetensorsException.in(file, tensor.name(), "its data begin at byte " + (tensor.offset() - dataStart)
            + (gap > 0 ? ", leaving a hole of " : ", overlapping the tensor before by ") + Math.abs(gap)
            + " bytes; expected " + (at - dataStart));
      }
      at += tensor.byteSize();
    }
    if (at != fileSize) {
      throw SafetensorsException.in(file, "the tensors take " + (at - dataStart) + " bytes, the data section has "
          + (fileSize - dataStart) + "; bytes after the last tensor are not allowed");
    }
  }
}
