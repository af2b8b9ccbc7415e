package dev.sextant.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The files of the default file system, which give few bytes at a time and whose n-th call fails. For reading only. */
public final class FaultyFiles extends FileSystemProvider {
  private static final int PIECE = 100;

  private final int failing;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final FileSystem system;
  private final FileSystemProvider real;

  /** @param failing which call fails, from 1; 0 for none */
  public FaultyFiles(Path somewhere, int failing) {
    this.failing = failing;
    this.real = somewhere.getFileSystem().provider();
    this.system = new FaultySystem(this, somewhere.getFileSystem());
  }

  public int calls() {
    return calls.get();
  }

  /** Files opened and not closed. */
  public int open() {
    return open.get();
  }

  /** The same place, seen through this. */
  public Path path(Path path) {
    return (Path) Proxy.newProxyInstance(Path.class.getClassLoader(), new Class<?>[] {Path.class},
        (_, method, arguments) -> call(path, method, arguments));
  }

  private @Nullable Object call(Path path, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("getFileSystem")) return system;
    Object[] plain = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < plain.length; i++) if (plain[i] instanceof Path other) plain[i] = unwrapped(other);
    try {
      Object result = method.invoke(path, plain);
      return result instanceof Path other ? path(other) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Path unwrapped(Path path) {
    return Proxy.isProxyClass(path.getClass()) ? Path.of(path.toString()) : path;
  }

  private void count() throws IOException {
    if (calls.incrementAndGet() == failing) throw new IOException("injected");
  }

  @Override
  public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
      FileAttribute<?>... attributes) throws IOException {
    count();
    SeekableByteChannel channel = real.newByteChannel(unwrapped(path), options, attributes);
    open.incrementAndGet();
    AtomicBoolean closed = new AtomicBoolean();
    return (SeekableByteChannel) Proxy.newProxyInstance(SeekableByteChannel.class.getClassLoader(),
        new Class<?>[] {SeekableByteChannel.class}, (_, method, arguments) -> {
          // an interrupt closes the channel beneath its reader, who closes it all the same
          if (method.getName().equals("close") && closed.compareAndSet(false, true)) open.decrementAndGet();
          return call(channel, method, arguments);
        });
  }

  private @Nullable Object call(SeekableByteChannel channel, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("read") && arguments != null) return read(channel, (ByteBuffer) arguments[0]);
    try {
      return method.invoke(channel, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private int read(SeekableByteChannel channel, ByteBuffer into) throws IOException {
    count();
    int all = into.limit();
    into.limit(Math.min(all, into.position() + PIECE));
    int got = channel.read(into);
    into.limit(all);
    return got;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
      throws IOException {
    count();
    return real.readAttributes(unwrapped(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
    count();
    return real.readAttributes(unwrapped(path), attributes, options);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    count();
    real.checkAccess(unwrapped(path), modes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    count();
    return real.newDirectoryStream(unwrapped(folder), filter);
  }

  @Override
  public boolean isSameFile(Path a, Path b) throws IOException {
    return real.isSameFile(unwrapped(a), unwrapped(b));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(unwrapped(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(unwrapped(path));
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Path path, Class<V> type,
      LinkOption... options) {
    return real.getFileAttributeView(unwrapped(path), type, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
