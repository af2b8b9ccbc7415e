package dev.sextant.kernel;

import dev.sextant.kernel.vector.VectorKernels;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Chooses kernels. The vector classes are named only behind the check that their module is there to be linked against. */
final class Fastest {
  private static final String MODULE = "jdk.incubator.vector";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  static Kernels choose() {
    if (ModuleLayer.boot().findModule(MODULE).isPresent()) return Vector.create();
    if (TOLD.compareAndSet(false, true)) {
      System.getLogger("dev.sextant").log(Level.WARNING, "the module " + MODULE + " is not there: everything works,"
          + " several times slower except in short runs on small models; start java with --add-modules " + MODULE);
    }
    return new ScalarKernels();
  }

  /** A class of its own, so that it is linked only when used. */
  private static final class Vector {
    static Kernels create() {
      return VectorKernels.available() ? new VectorKernels() : new ScalarKernels();
    }
  }

  private Fastest() {}
}
