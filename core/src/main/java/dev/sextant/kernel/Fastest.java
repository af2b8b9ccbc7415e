package dev.sextant.kernel;

import dev.sextant.kernel.vector.VectorKernels;
import java.lang.System.Logger.Level;

/** Chooses kernels. The vector classes are named only behind the check that their module is there to be linked against. */
final class Fastest {
  private static final String MODULE = "jdk.incubator.vector";

  static Kernels choose() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      Missing.report();
      return new ScalarKernels();
    }
    return Vector.create();
  }

  /** A class of its own, so that it is linked only when used. */
  private static final class Vector {
    static Kernels create() {
      return VectorKernels.available() ? new VectorKernels() : new ScalarKernels();
    }
  }

  /** A class of its own, so that its initializer logs once. */
  private static final class Missing {
    static {
      System.getLogger("dev.sextant").log(Level.WARNING, "the module " + MODULE + " is not there, so the model runs on"
          + " plain Java, 2 to 4 times slower; start java with --add-modules " + MODULE);
    }

    /** Logs, the first time. */
    static void report() {}
  }

  private Fastest() {}
}
