package dev.sextant.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of several bytes put into an array, little-endian. */
final class Bytes {
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static void put(byte[] into, int at, int value) {
    INT.set(into, at, value);
  }

  static void put(byte[] into, int at, long value) {
    LONG.set(into, at, value);
  }

  private Bytes() {}
}
