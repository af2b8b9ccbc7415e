package dev.sextant.architecture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A config.json seen through a family's table of settings: what is absent has its usual value, what is fixed its fixed
 * one. Errors name the key as the file spells it.
 */
final class Settings {
  private final Architecture family;
  private final Config found;
  /** The file's values, and beside them usual and fixed ones. */
  private final Config config;

  Settings(Config found, Architecture family) {
    this.family = family;
    this.found = found;
    Map<String, @Nullable Object> values = new HashMap<>();
    found.keys().forEach(key -> values.put(key, found.raw(key)));
    family.settings().forEach((setting, key) -> {
      if (key.otherwise() != null && !isGiven(setting)) values.put(key(setting), value(key.otherwise()));
    });
    this.config = found.with(values);
  }

  Architecture family() {
    return family;
  }

  /** The file itself. */
  Config file() {
    return found;
  }

  private boolean isGiven(Setting setting) {
    String key = key(setting);
    return setting.nullIsNone() ? found.contains(key) : found.has(key);
  }

  /** A value in a family's table: true, false, a number, a word, or one of {@code 4 x hidden} and {@code sqrt hidden}. */
  private Object value(String text) {
    if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
    if (text.matches("-?\\d{1,18}")) return Long.valueOf(text);
    if (text.matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?")) return Double.valueOf(text);
    if (text.equals("sqrt hidden")) return Math.sqrt(hidden());
    if (text.matches("\\d{1,4} x hidden")) return Long.parseLong(text.substring(0, text.indexOf(' '))) * hidden();
    return text;
  }

  private int hidden() {
    return found.integer(key(Setting.HIDDEN), 1);
  }

  /** The key it stands under, or for a fixed value its name. */
  String key(Setting setting) {
    Architecture.Key key = family.settings().get(setting);
    if (key == null) throw new IllegalStateException("family " + family.name() + " has no setting " + setting);
    if (key.isFixed()) return setting + " of family " + family.name();
    return key.names().stream().filter(found::has).findFirst().orElse(key.names().getFirst());
  }

  /** Whether there is a value. */
  boolean has(Setting setting) {
    return family.settings().containsKey(setting) && config.has(key(setting));
  }

  /** A whole number; absent, an error. */
  int whole(Setting setting, int least) {
    return config.integer(key(setting), least);
  }

  int whole(Setting setting, int least, int absent) {
    return has(setting) ? whole(setting, least) : absent;
  }

  /** A finite number of at least 0; absent, an error. */
  double number(Setting setting) {
    return config.number(key(setting), 0, false);
  }

  /** A finite number above 0. */
  double positive(Setting setting, double absent) {
    return has(setting) ? config.number(key(setting), 0, true) : absent;
  }

  /** False where the family does not know the setting. */
  boolean flag(Setting setting) {
    return has(setting) && config.flag(key(setting), false);
  }

  @Nullable
  String text(Setting setting) {
    return config.text(key(setting));
  }

  int[] wholes(Setting setting) {
    return config.integers(key(setting));
  }

  /** One text per layer. */
  List<String> texts(Setting setting, int layers) {
    return config.texts(key(setting), layers);
  }

  /** Whether the family reads a key of config.json. */
  boolean reads(String key) {
    return family.settings().values().stream().anyMatch(setting -> setting.names().contains(key));
  }
}
