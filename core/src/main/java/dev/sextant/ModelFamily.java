package dev.sextant;

import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Families;
import org.jspecify.annotations.Nullable;

/**
 * A model family described from outside, by what sets it apart from one that is known. Two small tables, written as text,
 * one row a line:
 *
 * <pre>{@code
 * new ModelFamily("mymodel", "llama", """
 *     query.norm  model.layers.*.self_attn.q_norm
 *     key.norm    model.layers.*.self_attn.k_norm
 *     """, """
 *     window:         sliding_window = 4096
 *     residual scale = 0.5
 *     """)
 * }</pre>
 *
 * <p>A row of tensors gives a role and the name of its tensor without .weight or .bias, where {@code *} stands for the
 * layer and {@code @} for the expert; {@code +bias} behind it says that there is a bias. A row of settings gives the key of
 * config.json and, behind {@code =}, what holds when it is absent; without a key, the value is fixed. The name or key
 * {@code -} takes a row of the base away. All roles, settings and words are listed in docs/families.md.
 *
 * @param name the {@code model_type} of config.json; one that is known is replaced
 * @param base the known family whose rows hold where there are no others; null: none
 * @param tensors rows of tensors; may be empty
 * @param settings rows of settings; may be empty
 */
public record ModelFamily(String name, @Nullable String base, String tensors, String settings) {

  /**
   * Checks the rows.
   *
   * @throws InvalidArgumentException if the base is not known, a row is malformed, or something is missing without which
   *     there is no model
   */
  public ModelFamily { architecture(name, base, tensors, settings); }

  Architecture architecture() {
    return architecture(name, base, tensors, settings);
  }

  private static Architecture architecture(String name, @Nullable String base, String tensors, String settings) {
    if (name.isBlank()) throw new InvalidArgumentException("name is blank; it must be the model_type of config.json");
    try {
      if (base == null) return Architecture.of(name, tensors, settings);
      Architecture known = Families.named(base);
      if (known != null) return known.relative(name, tensors, settings);
    } catch (IllegalArgumentException e) {
      throw new InvalidArgumentException("family " + name + ": " + e.getMessage());
    }
    throw new InvalidArgumentException("base \"" + base + "\" of family " + name + " is not known; known families: "
        + String.join(", ", Families.names()));
  }
}
