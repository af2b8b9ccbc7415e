package dev.sextant.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a safetensors file, or of a model split into shards, mapped into memory: opening costs the headers,
 * and data are read from disk when first touched. Safe to share between threads.
 *
 * <h2>Closing</h2>
 *
 * {@link #close()} unmaps at once, whatever still points into the files. Afterwards {@link #data} and every access to
 * a segment throw {@link IllegalStateException}. <b>Do not close while another thread computes on a segment</b>: on
 * JDK 25 compiled Vector API loads can miss the check and bring the virtual machine down. Count the readers out first.
 *
 * <h2>Files that change</h2>
 *
 * The data are the file's. When another program overwrites it, values change; when it is truncated, reading beyond the
 * new end raises {@link InternalError} or, from Vector API code, brings the virtual machine down. Call
 * {@link #requireUnchanged()} before each long computation to catch the ordinary accident. A file that is deleted, or
 * replaced by renaming another, stays readable.
 *
 * <h2>Errors</h2>
 *
 * A missing file, one that is no safetensors file, or one that breaks a rule of the format:
 * {@link SafetensorsException}. A file that is there and cannot be read (permissions, a disk error): {@link
 * IOException}. An interrupt does not end opening. Beyond the reference, these are refused: names given twice, a header that does not
 * begin with its brace, a tensor in another shard than the index says or in none of its lines, shard names that leave
 * the folder or differ in upper and lower case only, more than 256 dimensions, 100 000 metadata entries, 1 000 000 characters in a name or 20 000 000 in a
 * text.
 */
public final class Safetensors implements AutoCloseable {
  private final Catalog catalog;
  private final List<TensorFile> files;
  private final Map<Path, MemorySegment> mapped;
  private final Arena arena;

  private Safetensors(Catalog catalog, List<TensorFile> files, Map<Path, MemorySegment> mapped, Arena arena) {
    this.catalog = catalog;
    this.files = files;
    this.mapped = mapped;
    this.arena = arena;
  }

  /**
   * Opens and checks.
   *
   * @param path a safetensors file; an index whose name ends with {@code .index.json}, with its shards beside or below
   *     it; or a folder that holds {@code model.safetensors} or, failing that, {@code model.safetensors.index.json}.
   *     Symbolic links are followed. Files that the index does not name are not looked at
   * @throws SafetensorsException if something is missing or breaks a rule of the format; nothing stays open then
   * @throws IOException if a file cannot be read
   */
  public static Safetensors open(Path path) throws IOException {
    return open(path, HeaderReader.MAX_LENGTH);
  }

  /**
   * Opens and checks as {@link #open(Path)} does, and refuses long headers: what they say is kept on the heap.
   *
   * @param mostHeaderBytes that the header of a file, or the index, may have; from 2 to the format's 100 000 000
   * @throws HeaderLimitException if one has more
   */
  public static Safetensors open(Path path, long mostHeaderBytes) throws IOException {
    if (mostHeaderBytes < 2 || mostHeaderBytes > HeaderReader.MAX_LENGTH) {
      throw new IllegalArgumentException("mostHeaderBytes is " + mostHeaderBytes + "; it must lie in [2, "
          + HeaderReader.MAX_LENGTH + "], the limit of the format");
    }
    Location location = Location.of(path, mostHeaderBytes);
    List<TensorFile> files = new ArrayList<>();
    try {
      for (Path file : location.files()) {
        files.add(TensorFile.open(file, mostHeaderBytes));
      }
      return map(location.catalog(files.stream().map(TensorFile::header).toList()), List.copyOf(files));
    } catch (Throwable failure) {
      Closing.after(failure, files);
      throw failure;
    }
  }

  /** Maps all files or none; on failure they stay open. */
  static Safetensors map(Catalog catalog, List<TensorFile> files) throws IOException {
    Arena arena = Arena.ofShared(); // only now: closing one stops all threads for a moment
    try {
      Map<Path, MemorySegment> mapped = new HashMap<>();
      for (TensorFile file : files) {
        mapped.put(file.header().file(), file.map(arena));
      }
      return new Safetensors(catalog, files, mapped, arena);
    } catch (Throwable failure) {
      Closing.after(failure, arena::close);
      throw failure;
    }
  }

  /**
   * Reads and checks the headers as {@link #open} does, one file after the other, and maps nothing.
   *
   * @param path as for {@link #open}
   * @throws SafetensorsException as {@link #open}
   * @throws IOException as {@link #open}
   */
  public static Catalog inspect(Path path) throws IOException {
    Location location = Location.of(path, HeaderReader.MAX_LENGTH);
    List<Header> headers = new ArrayList<>();
    for (Path file : location.files()) {
      try (TensorFile open = TensorFile.open(file, HeaderReader.MAX_LENGTH)) {
        headers.add(open.header());
      }
    }
    return location.catalog(headers);
  }

  /** What the headers say; stays valid after closing. */
  public Catalog catalog() {
    return catalog;
  }

  /** The names of all tensors, file by file, in the order in which their data lie. */
  public List<String> names() {
    return catalog.names();
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return catalog.contains(name);
  }

  /**
   * Type, shape and place of a tensor.
   *
   * @throws SafetensorsException if there is none of that name
   */
  public TensorInfo info(String name) {
    return catalog.info(name);
  }

  /** The free text of the headers, see {@link Catalog#metadata()}. */
  public Map<String, String> metadata() {
    return catalog.metadata();
  }

  /**
   * The data of a tensor: a read-only view of the mapped file, {@link TensorInfo#byteSize()} bytes, little endian, row
   * by row. Not necessarily aligned to the elements: read with the {@code UNALIGNED} layouts.
   *
   * @throws SafetensorsException if there is none of that name
   * @throws IllegalStateException if closed
   */
  public MemorySegment data(String name) {
    TensorInfo tensor = catalog.info(name);
    requireOpen();
    return mapped.get(tensor.file()).asSlice(tensor.offset(), tensor.byteSize());
  }

  /**
   * Compares the size of each mapped file with the one it was opened with: one system call per file, less than a
   * microsecond, and no allocation. Deleted or renamed files count as unchanged: their data are still there. Works the
   * same in a thread that is interrupted.
   *
   * @throws SafetensorsException if a mapped file shrank or grew
   * @throws IllegalStateException if closed
   */
  public void requireUnchanged() {
    requireOpen();
    try {
      for (int i = 0; i < files.size(); i++) {
        files.get(i).requireUnchanged();
      }
    } catch (IOException e) {
      requireOpen(); // closed meanwhile by another thread
      throw new UncheckedIOException(e);
    }
  }

  private void requireOpen() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(catalog.files().getFirst() + " was closed");
    }
  }

  /**
   * Unmaps and closes the files. Again: nothing happens. See above for who must be done by then.
   *
   * @throws IllegalStateException if another thread is passing a segment to the operating system at this moment;
   *     nothing is closed then, and closing may be tried again
   */
  @Override
  public synchronized void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    arena.close();
    IOException trouble = new IOException("some of " + catalog.files() + " did not close");
    Closing.after(trouble, files);
    if (trouble.getSuppressed().length > 0) {
      throw new UncheckedIOException(trouble);
    }
  }
}
