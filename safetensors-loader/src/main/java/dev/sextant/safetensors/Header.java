package dev.sextant.safetensors;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The header of one file, checked against the file's size.
 *
 * @param file the file, as it was opened
 * @param fileSize bytes in the file when the header was read
 * @param metadata free text by key, in the order of the header; unmodifiable
 * @param tensors in the order of their data; unmodifiable
 * @param byName the same by name; unmodifiable
 */
record Header(Path file, long fileSize, Map<String, String> metadata, List<TensorInfo> tensors,
    Map<String, TensorInfo> byName) {}
