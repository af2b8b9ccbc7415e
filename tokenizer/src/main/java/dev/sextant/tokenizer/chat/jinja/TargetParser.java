package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses what values are assigned to. */
final class TargetParser {
  private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

  private final TokenStream tokens;
  private final NameCheck names;
  private int loops;

  TargetParser(TokenStream tokens, NameCheck names) {
    this.tokens = tokens;
    this.names = names;
  }

  /** Within a loop its variable loop cannot be assigned to. */
  void enterLoop() {
    loops++;
  }

  void leaveLoop() {
    loops--;
  }

  /** One name. */
  String name() {
    Token name = tokens.expect(Kind.NAME, "a name");
    return checked(name);
  }

  Target loopTarget() {
    loops++;
    Target target = target(false);
    loops--;
    return target;
  }

  /** One target, or several with commas between them. */
  Target target(boolean withNamespaces) {
    List<Target> targets = new ArrayList<>();
    boolean single = true;
    do {
      if (!targets.isEmpty()) {
        single = false;
      }
      if (ends(targets)) {
        break;
      }
      targets.add(one(withNamespaces));
    } while (tokens.skipOperator(","));
    return single ? targets.getFirst() : new Target.Several(List.copyOf(targets));
  }

  /** A comma may stand behind the last target. */
  private boolean ends(List<Target> targets) {
    Token token = tokens.peek();
    return !targets.isEmpty() && (token.isName("in") || token.isOperator(")"));
  }

  private Target one(boolean withNamespaces) {
    Token token = tokens.peek();
    if (tokens.skipOperator("(")) {
      tokens.enter();
      Target inside = target(false);
      tokens.leave();
      tokens.expectOperator(")");
      return inside;
    }
    tokens.expect(Kind.NAME, "something to assign to");
    if (withNamespaces && tokens.skipOperator(".")) {
      String attribute = tokens.expect(Kind.NAME, "the name of an attribute").text();
      names.reads(token.text());
      names.stores(attribute);
      return new Target.NamespaceAttribute(token.text(), attribute);
    }
    return new Target.Variable(checked(token));
  }

  private String checked(Token name) {
    if (CONSTANTS.contains(name.text())) {
      throw tokens.error(name.at(), "'" + name.text() + "' cannot be assigned to");
    }
    if (loops > 0 && name.text().equals("loop")) {
      throw tokens.error(name.at(), "'loop' cannot be assigned to within a loop");
    }
    names.assigns(name.text());
    return name.text();
  }
}
