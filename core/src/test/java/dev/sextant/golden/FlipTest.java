package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.InvalidArgumentException;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelFamily;
import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Families;
import dev.sextant.architecture.Role;
import dev.sextant.architecture.Setting;
import dev.sextant.architecture.TensorName;
import dev.sextant.testing.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A golden must be able to fail: every row of every family is changed, and each change must lead to an error or to other
 * logits in at least one golden model of the family. Changes that do not are listed with the reason.
 */
class FlipTest {
  /** Values that a setting is fixed to, in turn, whatever config.json says. */
  static final Map<Setting, List<String>> VALUES = values();
  /** Changes that change nothing, by family. */
  private static final Map<String, Set<String>> BLIND = Blind.flips();

  private static Map<Setting, List<String>> values() {
    Map<Setting, List<String>> values = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) values.put(setting, List.of("true", "false"));
    for (Setting setting : List.of(Setting.HIDDEN, Setting.LAYERS, Setting.HEADS, Setting.KEY_VALUE_HEADS,
        Setting.HEAD_WIDTH, Setting.MLP, Setting.VOCABULARY, Setting.EXPERTS, Setting.EXPERT_MLP)) {
      values.put(setting, List.of("1", "8", "64"));
    }
    values.put(Setting.CONTEXT, List.of("3", "16"));
    values.put(Setting.NORM, List.of("rms", "rms about one", "layer"));
    values.put(Setting.EPSILON, List.of("0.01"));
    values.put(Setting.ACTIVATION, List.of("silu", "gelu", "gelu_new", "relu"));
    values.put(Setting.PREFIX, List.of("body."));
    values.put(Setting.ROTARY_BASE, List.of("77", "123456"));
    values.put(Setting.LOCAL_ROTARY_BASE, List.of("77"));
    values.put(Setting.ROTARY_PART, List.of("1", "0.5", "0.25"));
    values.put(Setting.UNROTATED_INTERVAL, List.of("1", "2"));
    values.put(Setting.ROTATED_LAYERS, List.of("1"));
    values.put(Setting.WINDOW, List.of("3"));
    values.put(Setting.WINDOW_FROM_LAYER, List.of("0", "2"));
    values.put(Setting.WINDOW_PATTERN, List.of("1", "2"));
    values.put(Setting.LAYER_TYPES, List.of("all"));
    for (Setting setting : List.of(Setting.SCORE_WIDTH, Setting.SCORE_SCALE, Setting.SCORE_CAP, Setting.LOGIT_CAP,
        Setting.LOGIT_DIVISOR, Setting.EMBEDDING_SCALE, Setting.RESIDUAL_SCALE)) {
      values.put(setting, List.of("1.5"));
    }
    values.put(Setting.EXPERTS_CHOSEN, List.of("1", "4"));
    values.put(Setting.DENSE_LAYERS, List.of("0"));
    values.put(Setting.EXPERT_INTERVAL, List.of("2"));
    return values;
  }

  static List<String> families() {
    return Families.names().stream().filter(name -> !goldens(name).isEmpty()).toList();
  }

  static List<Golden> goldens(String family) {
    return GoldenTest.NAMES.stream().map(Golden::of)
        .filter(golden -> golden.json().get("model_type").text().equals(family)).toList();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyChangeOfADescriptionIsNoticed(String name) {
    Architecture family = Objects.requireNonNull(Families.named(name));
    List<Golden> goldens = goldens(name);
    List<String> unnoticed = new ArrayList<>();
    for (String row : tensorFlips(family)) {
      if (goldens.stream().noneMatch(golden -> isNoticed(golden, name, row, ""))) unnoticed.add(row);
    }
    for (String row : settingFlips(family, goldens)) {
      if (goldens.stream().noneMatch(golden -> isNoticed(golden, name, "", row))) unnoticed.add(row);
    }
    assertEquals(BLIND.getOrDefault(name, Set.of()), new TreeSet<>(unnoticed));
  }

  /** The row away; a bias where there is none, and none where there is; other orders of what lies in one tensor. */
  private static List<String> tensorFlips(Architecture family) {
    List<String> flips = new ArrayList<>();
    family.tensors().forEach((role, name) -> {
      String row = name.fused().stream().map(Role::toString).collect(Collectors.joining("|")) + " " + name.pattern();
      String byHead = name.byHead() ? " by-head" : "";
      flips.add(role + " -");
      if (name.bias() == TensorName.Bias.NEVER) flips.add(row + " +bias" + byHead);
      if (name.bias() != TensorName.Bias.NEVER) flips.add(row + byHead);
      if (name.bias() != TensorName.Bias.NEVER && name.bias() != TensorName.Bias.ALWAYS) {
        flips.add(row + " +bias" + byHead);
      }
      if (name.fused().size() > 1 && role == name.fused().getFirst()) flips.addAll(orders(name));
    });
    return flips.stream().distinct().toList();
  }

  private static List<String> orders(TensorName name) {
    String bias = switch (name.bias()) {
      case NEVER -> "";
      case ALWAYS -> " +bias";
      case ATTENTION_BIAS -> " +attention-bias";
      case MLP_BIAS -> " +mlp-bias";
    };
    List<String> flips = new ArrayList<>();
    String reversed = name.fused().reversed().stream().map(Role::toString).collect(Collectors.joining("|"));
    String inOrder = name.fused().stream().map(Role::toString).collect(Collectors.joining("|"));
    flips.add(reversed + " " + name.pattern() + bias + (name.byHead() ? " by-head" : ""));
    if (name.byHead()) flips.add(inOrder + " " + name.pattern() + bias);
    else if (name.fused().size() == 3) flips.add(inOrder + " " + name.pattern() + bias + " by-head");
    return flips;
  }

  /** The row away, and each value in turn that is not in force anyway. */
  private static List<String> settingFlips(Architecture family, List<Golden> goldens) {
    List<String> flips = new ArrayList<>();
    family.settings().forEach((setting, key) -> {
      flips.add(setting + ": -");
      VALUES.get(setting).stream().filter(value -> !goldens.stream().allMatch(golden -> isInForce(golden, key, value)))
          .forEach(value -> flips.add(setting + " = " + value));
    });
    return flips;
  }

  static boolean isInForce(Golden golden, Architecture.Key key, String value) {
    Json config = Json.read(golden.folder().resolve("config.json"));
    String found = key.names().stream().filter(name -> config.has(name) && config.get(name).value() != null)
        .map(name -> config.get(name).text()).findFirst().orElse(key.otherwise());
    if (found == null) return false;
    return found.equals(value) || found.equals(value + ".0")
        || found.equals("gelu_pytorch_tanh") && value.equals("gelu_new");
  }

  private static boolean isNoticed(Golden golden, String name, String tensors, String settings) {
    try (Model model = golden.load(LoadOptions.defaults().withThreads(1).withVectorized(false)
        .withFamily(new ModelFamily(name, name, tensors, settings)))) {
      double[] found = Golden.doubles(model.nextTokenDistribution(golden.prompt("p29")).logits());
      golden.assertClose("p29.logits_last", found, "logits_abs");
      return false;
    } catch (SextantException | InvalidArgumentException | AssertionError e) {
      return true;
    }
  }
}
