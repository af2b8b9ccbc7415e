package dev.sextant.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model family as data: two tables, written as text. The table of tensors is also the structure: no {@code gate} row, a
 * plain MLP; a {@code router} row, a mixture of experts; a norm's row absent, that norm absent. A relative is its
 * differences.
 *
 * @param name the {@code model_type} of config.json
 * @param tensors role to tensor name
 * @param settings what it reads from config.json, and what is fixed
 */
public record Architecture(String name, Map<Role, TensorName> tensors, Map<Setting, Key> settings) {

  private static final String NONE = "-";
  private static final Set<Role> NEEDED_ROLES = Set.of(Role.EMBEDDING, Role.QUERY, Role.KEY, Role.VALUE, Role.OUTPUT,
      Role.FINAL_NORM, Role.UNEMBEDDING);
  private static final Set<Role> MLP = Set.of(Role.UP, Role.DOWN);
  private static final Set<Role> EXPERTS = Set.of(Role.ROUTER, Role.EXPERT_UP, Role.EXPERT_DOWN);
  private static final Set<Role> OUTSIDE_LAYERS = Set.of(Role.EMBEDDING, Role.POSITION, Role.FINAL_NORM,
      Role.UNEMBEDDING);
  private static final Set<Role> WITHOUT_BIAS = Set.of(Role.EMBEDDING, Role.POSITION);
  private static final Set<Role> HEADS = Set.of(Role.QUERY, Role.KEY, Role.VALUE);
  private static final Set<Role> FEATURES = Set.of(Role.GATE, Role.UP);
  private static final Set<Role> EACH_EXPERT = Set.of(Role.EXPERT_GATE, Role.EXPERT_UP, Role.EXPERT_DOWN);
  private static final Set<Setting> EXPERT_SETTINGS = Set.of(Setting.EXPERTS, Setting.EXPERTS_CHOSEN,
      Setting.EXPERT_MLP);
  private static final Set<Setting> NEEDED_SETTINGS = Set.of(Setting.HIDDEN, Setting.LAYERS, Setting.HEADS,
      Setting.VOCABULARY, Setting.CONTEXT, Setting.NORM, Setting.EPSILON, Setting.ACTIVATION);

  /**
   * Where a setting comes from.
   *
   * @param names keys of config.json, the first that is there counts; empty: the value is fixed
   * @param otherwise what holds when none is there, or always if there are no names; null: nothing
   */
  public record Key(List<String> names, @Nullable String otherwise) {
    public Key {
      names = List.copyOf(names);
      if (names.isEmpty() && otherwise == null) throw new IllegalArgumentException("neither a key nor a value");
    }

    boolean isFixed() {
      return names.isEmpty();
    }
  }

  /** @throws IllegalArgumentException if a role or setting is missing without which there is no model */
  public Architecture {
    tensors = Map.copyOf(tensors);
    settings = Map.copyOf(settings);
    require("tensor", NEEDED_ROLES, tensors.keySet());
    require("setting", NEEDED_SETTINGS, settings.keySet());
    boolean mixture = EXPERTS.stream().anyMatch(tensors::containsKey) || tensors.containsKey(Role.EXPERT_GATE);
    if (mixture) {
      require("tensor", EXPERTS, tensors.keySet());
      require("setting", EXPERT_SETTINGS, settings.keySet());
    }
    if (!mixture || tensors.containsKey(Role.GATE) || MLP.stream().anyMatch(tensors::containsKey)) {
      require("tensor", MLP, tensors.keySet());
      require("setting", Set.of(Setting.MLP), settings.keySet());
    }
    tensors.forEach(Architecture::requireSense);
    Key prefix = settings.get(Setting.PREFIX);
    if (prefix != null && !prefix.isFixed()) throw new IllegalArgumentException("'prefix' must be fixed: = value");
  }

  /** Whether there is one such tensor, and not one in each layer. */
  static boolean isOutsideLayers(Role role) {
    return OUTSIDE_LAYERS.contains(role);
  }

  private static void requireSense(Role role, TensorName name) {
    boolean layer = !isOutsideLayers(role);
    boolean expert = EACH_EXPERT.contains(role);
    String pattern = name.pattern();
    if (pattern.contains("*") != layer || pattern.contains("@") != expert) {
      throw new IllegalArgumentException("'" + role + "' is " + pattern + "; its name must have "
          + (layer ? "a * for the layer" : "no *") + (expert ? " and an @ for the expert" : " and no @"));
    }
    List<Role> fused = name.fused();
    if (fused.size() > 1 && !HEADS.containsAll(fused) && !FEATURES.containsAll(fused)
        || fused.stream().distinct().count() < fused.size()) {
      throw new IllegalArgumentException(fused + " in one tensor: known are query|key|value and gate|up");
    }
    if (name.byHead() && (fused.size() == 1 || !HEADS.containsAll(fused))) {
      throw new IllegalArgumentException("by-head behind " + pattern + ": it is for query|key|value in one tensor");
    }
    if (name.bias() != TensorName.Bias.NEVER && WITHOUT_BIAS.contains(role)) {
      throw new IllegalArgumentException("'" + role + "' has no bias");
    }
  }

  private static <T extends Enum<T>> void require(String what, Set<T> needed, Set<T> found) {
    List<T> missing = needed.stream().filter(row -> !found.contains(row)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("there is no " + what + " row for "
          + String.join(", ", missing.stream().map(Object::toString).toList()));
    }
  }

  /** A family by its full tables. */
  public static Architecture of(String name, String tensors, String settings) {
    return new Architecture(name, tensorRows(tensors, Map.of()), settingRows(settings, Map.of()));
  }

  /** A relative under another name; all else is the same. */
  Architecture named(String newName) {
    return new Architecture(newName, tensors, settings);
  }

  /**
   * A relative with these rows besides, or instead of, those it has.
   *
   * @param tensorRows {@code role name [+bias] [by-head]} each; the name {@code -} takes the row away
   * @param settingRows {@code setting: key|key [= value otherwise]} or {@code setting = value} each; the key {@code -}
   *     takes the row away
   */
  public Architecture relative(String newName, String tensorRows, String settingRows) {
    return new Architecture(newName, tensorRows(tensorRows, tensors), settingRows(settingRows, settings));
  }

  private static Map<Role, TensorName> tensorRows(String rows, Map<Role, TensorName> base) {
    Map<Role, TensorName> changed = new EnumMap<>(Role.class);
    changed.putAll(base);
    rows(rows).forEach(row -> {
      String[] words = row.split("\\s+");
      if (words.length < 2) throw new IllegalArgumentException("row '" + row + "' has no tensor name");
      List<Role> fused = Arrays.stream(words[0].split("\\|")).map(Role::of).toList();
      TensorName name = TensorName.of(words[1], fused, List.of(words).subList(2, words.length));
      for (Role role : fused) put(changed, role, words[1].equals(NONE) ? null : name);
    });
    return changed;
  }

  private static Map<Setting, Key> settingRows(String rows, Map<Setting, Key> base) {
    Map<Setting, Key> changed = new EnumMap<>(Setting.class);
    changed.putAll(base);
    rows(rows).forEach(row -> {
      String[] sides = row.split("\\s*=\\s*", 2);
      String[] left = sides[0].split("\\s*:\\s*", 2);
      List<String> names = left.length > 1 ? List.of(left[1].split("\\|")) : List.of();
      if (names.isEmpty() && sides.length == 1) {
        throw new IllegalArgumentException("row '" + row + "' has neither ': key' nor '= value'");
      }
      put(changed, Setting.of(left[0]),
          names.equals(List.of(NONE)) ? null : new Key(names, sides.length > 1 ? sides[1] : null));
    });
    return changed;
  }

  private static Stream<String> rows(String text) {
    return text.lines().map(String::strip).filter(row -> !row.isEmpty());
  }

  private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
    if (value == null) map.remove(key);
    else map.put(key, value);
  }

  /** All tensor names of a role's row: with the prefix that some checkpoints put before body tensors, and without. */
  public List<String> spellings(Role role, Function<TensorName, String> filledIn) {
    String name = filledIn.apply(tensors.get(role));
    List<String> names = new ArrayList<>(List.of(name));
    Key prefix = settings.get(Setting.PREFIX);
    if (prefix != null && prefix.otherwise() != null && name.startsWith(prefix.otherwise())) {
      names.add(name.substring(prefix.otherwise().length()));
    }
    return names;
  }
}
