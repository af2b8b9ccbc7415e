package dev.sextant.architecture;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a trained tensor is for. A role that a family's table does not list is a step its models do not take. */
public enum Role {
  EMBEDDING("embedding"),
  POSITION("position"),
  ATTENTION_NORM("attention.norm"),
  QUERY("query"),
  KEY("key"),
  VALUE("value"),
  QUERY_NORM("query.norm"),
  KEY_NORM("key.norm"),
  OUTPUT("output"),
  ATTENTION_NORM_AFTER("attention.norm.after"),
  MLP_NORM("mlp.norm"),
  GATE("gate"),
  UP("up"),
  DOWN("down"),
  ROUTER("router"),
  EXPERT_GATE("expert.gate"),
  EXPERT_UP("expert.up"),
  EXPERT_DOWN("expert.down"),
  MLP_NORM_AFTER("mlp.norm.after"),
  FINAL_NORM("final.norm"),
  UNEMBEDDING("unembedding");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** As a table of tensors writes it. */
  @Override
  public String toString() {
    return word;
  }

  static Role of(String word) {
    for (Role role : values()) if (role.word.equals(word)) return role;
    throw new IllegalArgumentException("no role '" + word + "'; known: "
        + Arrays.stream(values()).map(role -> role.word).collect(Collectors.joining(", ")));
  }
}
