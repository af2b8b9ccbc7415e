package dev.sextant.architecture;

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

  Settings(Config found, Architecture family) {
    this.family = family;
    this.found = found;
  }

  Architecture family() {
    return family;
  }

  /** The file itself. */
  Config file() {
    return found;
  }

  /** Where a setting's value stands: in the file, or beside it. */
  private Config source(Setting setting) {
    Architecture.Key row = family.settings().get(setting);
    String key = key(setting);
    boolean given = setting.nullIsNone() ? found.contains(key) : found.has(key);
    return given || row.otherwise() == null ? found : found.with(Map.of(key, value(row.otherwise())));
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
    return family.settings().containsKey(setting) && source(setting).has(key(setting));
  }

  /** A whole number; absent, an error. */
  int whole(Setting setting, int least) {
    return source(setting).integer(key(setting), least);
  }

  int whole(Setting setting, int least, int absent) {
    return has(setting) ? whole(setting, least) : absent;
  }

  /** A finite number of at least 0; absent, an error. */
  double number(Setting setting) {
    return source(setting).number(key(setting), 0, false);
  }

  /** A finite number above 0. */
  double positive(Setting setting, double absent) {
    return has(setting) ? source(setting).number(key(setting), 0, true) : absent;
  }

  /** False where the family does not know the setting. */
  boolean flag(Setting setting) {
    return has(setting) && source(setting).flag(key(setting), false);
  }

  @Nullable
  String text(Setting setting) {
    return source(setting).text(key(setting));
  }

  int[] wholes(Setting setting) {
    return source(setting).integers(key(setting));
  }

  /** One text per layer. */
  List<String> texts(Setting setting, int layers) {
    return source(setting).texts(key(setting), layers);
  }

  /** Whether the family reads a key of config.json. */
  boolean reads(String key) {
    return family.settings().values().stream().anyMatch(setting -> setting.names().contains(key));
  }
}
