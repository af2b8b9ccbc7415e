package dev.sextant;

import dev.sextant.kernel.Kernels;
import java.util.List;

/** What this library can do, here. */
public final class Sextant {
  private Sextant() {}

  /**
   * How models will compute in this virtual machine unless told otherwise.
   *
   * @param kernels "vector" or "scalar"
   * @param lanes single precision numbers that one instruction handles; 1 for scalar
   * @param threads threads per model
   */
  public record Runtime(String kernels, int lanes, int threads) {}

  /** The fastest kernels that this virtual machine allows, and the default number of threads. */
  public static Runtime runtime() {
    Kernels kernels = Kernels.fastest();
    return new Runtime(kernels.name(), kernels.lanes(), java.lang.Runtime.getRuntime().availableProcessors());
  }

  /** The model families that can be loaded, by name. Others can be described: {@link ModelFamily}. */
  public static List<Family> supportedFamilies() {
    return Catalogue.families();
  }
}
