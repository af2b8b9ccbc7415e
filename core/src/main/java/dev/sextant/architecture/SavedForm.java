package dev.sextant.architecture;

import dev.sextant.architecture.Architecture.Key;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a family as a folder written by this library has it: a tensor of its own for every role, in the form in
 * which the forward pass uses it, named by its role. What config.json says is read as ever.
 */
public final class SavedForm {
  /** The {@code quant_method} in config.json that marks such a folder, so that other programs refuse it by name. */
  public static final String METHOD = "sextant";
  /** The version of the form that is written, and the only one that is read. */
  public static final long VERSION = 1;

  private static final String ABOUT_ONE = "rms about one";
  private static final String EXPERT = "expert.";

  private SavedForm() {}

  /** The same family with these names; nothing is fused, stored transposed, or stored less one. */
  public static Architecture of(Architecture family) {
    Map<Role, TensorName> tensors = new EnumMap<>(Role.class);
    family.tensors().forEach((role, name) -> tensors.put(role,
        new TensorName(pattern(role), name.bias(), List.of(role), false)));
    Map<Setting, Key> settings = new EnumMap<>(family.settings());
    settings.remove(Setting.PREFIX);
    settings.remove(Setting.TRANSPOSED);
    settings.computeIfPresent(Setting.NORM,
        (_, key) -> ABOUT_ONE.equals(key.otherwise()) ? new Key(key.names(), "rms") : key);
    return new Architecture(family.name(), tensors, settings);
  }

  private static String pattern(Role role) {
    String word = role.toString();
    if (Architecture.isOutsideLayers(role)) return word;
    return "layers.*." + (word.startsWith(EXPERT) ? "experts.@." + word.substring(EXPERT.length()) : word);
  }

  /** Whether a configuration says that its folder has this form. */
  static boolean is(Config file) {
    if (!file.has(QuantizationReader.KEY)) return false;
    Config mark = file.object(QuantizationReader.KEY);
    if (!METHOD.equals(mark.raw("quant_method"))) return false;
    if (Long.valueOf(VERSION).equals(mark.raw("version"))) return true;
    throw mark.wrong("version", mark.raw("version"), VERSION + "; a newer release of this library may know it");
  }
}
