package dev.sextant.safetensors;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file as a stream: declare all tensors, then hand over their data in that order, in pieces of any
 * size.
 *
 * <pre>{@code
 * try (SafetensorsWriter writer = SafetensorsWriter.to(path).tensor("bias", DType.F32, 576).begin()) {
 *   writer.write("bias", MemorySegment.ofArray(bias));
 *   writer.finish();
 * }
 * }</pre>
 *
 * The data go to a file of another name in the same folder, which takes the target's place in one step when
 * {@link #finish()} is called; readers that have the old file mapped keep it. Closed without that, nothing is left
 * behind. Not for use by several threads at once.
 */
public final class SafetensorsWriter implements AutoCloseable {
  private final List<TensorInfo> tensors;
  private final ReplacingFile file;
  private int current;
  private long written; // of the current tensor

  private SafetensorsWriter(List<TensorInfo> tensors, ReplacingFile file) {
    this.tensors = tensors;
    this.file = file;
  }

  /** Begins the description of a file; an existing one is replaced at the end. */
  public static Builder to(Path target) {
    return new Builder(target);
  }

  /** The content of the file, declared. Not safe to share between threads. */
  public static final class Builder {
    private final Path target;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, WrittenHeader.Declared> tensors = new LinkedHashMap<>();
    private int alignment = WrittenHeader.ALIGNMENT;

    private Builder(Path target) {
      this.target = target;
    }

    /**
     * Adds free text, or replaces what was given for the key.
     *
     * @throws IllegalArgumentException if a surrogate in key or value lacks its partner
     */
    public Builder metadata(String key, String value) {
      requireText(key);
      requireText(value);
      metadata.put(key, value);
      return this;
    }

    /**
     * Adds a tensor. Its data follow those of the tensor declared before, without padding: to have all of them aligned,
     * declare those with larger elements first, as the reference does.
     *
     * @param shape size of each dimension, outermost first; none for a scalar
     * @throws IllegalArgumentException if the name is taken, reserved or no text, a dimension is negative, or the
     *     elements are too many or fill no whole bytes
     */
    public Builder tensor(String name, DType dtype, long... shape) {
      requireText(name);
      if (name.equals(HeaderParser.METADATA)) {
        throw new IllegalArgumentException("the name " + name + " is reserved");
      }
      TensorInfo.requireSized(name, dtype, shape);
      if (tensors.putIfAbsent(name, new WrittenHeader.Declared(dtype, shape.clone())) != null) {
        throw new IllegalArgumentException("tensor " + Text.quote(name) + " is declared twice");
      }
      return this;
    }

    /**
     * Lets the data of the first tensor begin at a multiple of so many bytes, instead of the reference's eight.
     *
     * @throws IllegalArgumentException if it is no power of two from 8 to 4096
     */
    public Builder alignment(int bytes) {
      if (bytes < WrittenHeader.ALIGNMENT || bytes > 4096 || Integer.bitCount(bytes) != 1) {
        throw new IllegalArgumentException("alignment is " + bytes + "; it must be a power of two from 8 to 4096");
      }
      alignment = bytes;
      return this;
    }

    /**
     * Creates the file and writes the header.
     *
     * @throws SafetensorsException if the header passes a limit of {@link Safetensors#open}, so that the file could not
     *     be read again, or the target is a folder
     * @throws IOException if the file cannot be created or written
     */
    public SafetensorsWriter begin() throws IOException {
      WrittenHeader header = WrittenHeader.of(target, metadata, tensors, alignment);
      ReplacingFile file = ReplacingFile.create(target);
      try {
        file.write(MemorySegment.ofArray(header.bytes()));
        return new SafetensorsWriter(header.tensors(), file);
      } catch (Throwable failure) {
        Closing.after(failure, file);
        throw failure;
      }
    }

    private static void requireText(String text) {
      if (!Text.isWellFormed(text)) {
        throw new IllegalArgumentException("no text, a surrogate lacks its partner: " + Text.quote(text));
      }
    }
  }

  /**
   * Appends to the data of a tensor: its whole data, or the next piece.
   *
   * @param name the tensor after those that are complete; empty ones need no data
   * @param piece little-endian bytes, copied before this returns
   * @throws IllegalArgumentException if it is another tensor's turn, or the piece is longer than what the tensor lacks
   * @throws IOException if writing fails; the file can then only be closed
   */
  public void write(String name, MemorySegment piece) throws IOException {
    skipComplete(name);
    if (current == tensors.size() || !tensors.get(current).name().equals(name)) {
      throw new IllegalArgumentException("data for tensor " + Text.quote(name) + ", expected "
          + (current == tensors.size() ? "no more" : Text.quote(tensors.get(current).name())));
    }
    long lacking = tensors.get(current).byteSize() - written;
    if (piece.byteSize() > lacking) {
      throw new IllegalArgumentException(
          piece.byteSize() + " bytes for tensor " + Text.quote(name) + ", which lacks " + lacking);
    }
    file.write(piece);
    written += piece.byteSize();
  }

  /** Moves on from tensors that have all their data, up to the one of that name. */
  private void skipComplete(String name) {
    while (current < tensors.size() && !tensors.get(current).name().equals(name)
        && written == tensors.get(current).byteSize()) {
      current++;
      written = 0;
    }
  }

  /**
   * Puts the file in its place, written through to the disk. To be called once, after the last data.
   *
   * @throws IllegalStateException if a tensor lacks data, or the writer is closed
   * @throws IOException if writing or moving fails; the target is then as it was
   */
  public void finish() throws IOException {
    skipComplete(HeaderParser.METADATA); // no tensor's name
    if (current < tensors.size()) {
      TensorInfo tensor = tensors.get(current);
      throw new IllegalStateException(
          "tensor " + Text.quote(tensor.name()) + " has " + written + " of " + tensor.byteSize() + " bytes");
    }
    file.replaceTarget();
  }

  /** Ends writing; without {@link #finish()} before, everything written is removed. Again: nothing happens. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
