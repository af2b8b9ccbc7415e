package dev.sextant.architecture;

import dev.sextant.kernel.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A model family as data. The table of tensors is also the structure: no {@code gate} row, a plain MLP; no
 * {@code position} row, no learned positions; a norm's row absent, that norm absent.
 *
 * @param name the {@code model_type} of config.json
 * @param norm kind of all its norms
 * @param rotary whether queries and keys are rotated by position (arXiv:2104.09864)
 * @param transposed whether projections are stored [in, out] instead of [out, in]
 * @param prefix what some checkpoints put before the names of body tensors and others leave out
 * @param tensors role to tensor name
 * @param settings what it reads from config.json
 */
public record Architecture(String name, Norm.Kind norm, boolean rotary, boolean transposed, String prefix,
    Map<Role, TensorName> tensors, Map<Setting, Key> settings) {

  /** A key of config.json, and what stands for it when it is absent or null (empty: nothing does). */
  public record Key(String name, String absent) {}

  public Architecture {
    tensors = Map.copyOf(tensors);
    settings = Map.copyOf(settings);
  }

  /** A relative under another name. */
  Architecture named(String newName) {
    return new Architecture(newName, norm, rotary, transposed, prefix, tensors, settings);
  }

  /** A relative whose table has these rows besides, or instead of those it has: {@code role name [+bias]} each. */
  Architecture withTensors(String rows) {
    Map<Role, TensorName> changed = new EnumMap<>(Role.class);
    changed.putAll(tensors);
    rows.lines().map(String::strip).filter(row -> !row.isEmpty()).forEach(row -> {
      String[] words = row.split("\\s+");
      List<Role> fused = Arrays.stream(words[0].split("\\|")).map(Role::of).toList();
      TensorName name = new TensorName(words[1], TensorName.Bias.of(words.length > 2 ? words[2] : null), fused);
      fused.forEach(role -> changed.put(role, name));
    });
    return new Architecture(name, norm, rotary, transposed, prefix, changed, settings);
  }

  /** A relative that reads these settings besides or instead: {@code setting: key [= value when absent]} each. */
  Architecture withSettings(String rows) {
    Map<Setting, Key> changed = new EnumMap<>(Setting.class);
    changed.putAll(settings);
    rows.lines().map(String::strip).filter(row -> !row.isEmpty()).forEach(row -> {
      String[] halves = row.split("\\s*:\\s*");
      String[] key = halves[1].split("\\s*=\\s*");
      changed.put(Setting.of(halves[0]), new Key(key[0], key.length > 1 ? key[1] : ""));
    });
    return new Architecture(name, norm, rotary, transposed, prefix, tensors, changed);
  }

  /** All tensor names of a role's row, with the prefix and without. */
  public List<String> spellings(Role role, int layer) {
    String name = tensors.get(role).in(layer);
    List<String> names = new ArrayList<>(List.of(name));
    if (name.startsWith(prefix)) names.add(name.substring(prefix.length()));
    return names;
  }
}
