package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Expression.Comparison;
import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Parses expressions, from the loosest binding (inline if) to the tightest (signs); Jinja's precedence. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenStream tokens;
  private final PrimaryParser primaries;

  ExpressionParser(TokenStream tokens, NameCheck names) {
    this.tokens = tokens;
    this.primaries = new PrimaryParser(tokens, names, this);
  }

  PrimaryParser primaries() {
    return primaries;
  }

  Expression expression() {
    tokens.enter();
    Expression value = disjunction();
    while (tokens.peek().isName("if")) {
      int at = tokens.take().at();
      Expression test = disjunction();
      Expression otherwise = tokens.skipName("else") ? expression() : null;
      value = new Expression.Conditional(at, test, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** One expression, or several with commas between them, which make a tuple. */
  Expression tuple() {
    return tuple(this::expression, false);
  }

  /** A tuple whose parts have no inline if: what a loop walks and what an if tests. */
  Expression tupleWithoutIf() {
    return tuple(this::disjunction, false);
  }

  Expression tuple(Supplier<Expression> part, boolean mayBeEmpty) {
    int at = tokens.peek().at();
    List<Expression> parts = new ArrayList<>();
    boolean single = true;
    while (!endsTuple(!parts.isEmpty())) {
      parts.add(part.get());
      if (!tokens.skipOperator(",")) {
        break;
      }
      single = false;
    }
    if (parts.isEmpty() && !mayBeEmpty) {
      throw tokens.unexpected("expected an expression");
    }
    return single && !parts.isEmpty() ? parts.getFirst() : new Expression.TupleOf(at, List.copyOf(parts));
  }

  private boolean endsTuple(boolean behindComma) {
    Token token = tokens.peek();
    return token.is(Kind.PRINT_END) || token.is(Kind.BLOCK_END) || token.isOperator(")")
        || behindComma && token.isName("recursive");
  }

  private Expression disjunction() {
    Expression left = conjunction();
    while (tokens.peek().isName("or")) {
      left = new Expression.Or(tokens.take().at(), left, conjunction());
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = negation();
    while (tokens.peek().isName("and")) {
      left = new Expression.And(tokens.take().at(), left, negation());
    }
    return left;
  }

  private Expression negation() {
    if (!tokens.peek().isName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression not = new Expression.Not(tokens.take().at(), negation());
    tokens.leave();
    return not;
  }

  private Expression comparison() {
    int at = tokens.peek().at();
    Expression first = sum();
    List<Comparison> rest = new ArrayList<>();
    for (String operator = comparisonOperator(); !operator.isEmpty(); operator = comparisonOperator()) {
      rest.add(new Comparison(operator, sum()));
    }
    return rest.isEmpty() ? first : new Expression.Compared(at, first, List.copyOf(rest));
  }

  /** Takes an operator of comparison; empty if none is there. */
  private String comparisonOperator() {
    Token token = tokens.peek();
    if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text()) || token.isName("in")) {
      return tokens.take().text();
    }
    if (token.isName("not") && tokens.peekBehind().isName("in")) {
      tokens.take();
      tokens.take();
      return "not in";
    }
    return "";
  }

  private Expression sum() {
    return arithmetical(this::joined, "+", "-");
  }

  private Expression joined() {
    Expression first = product();
    if (!tokens.peek().isOperator("~")) {
      return first;
    }
    int at = tokens.peek().at();
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return new Expression.Joined(at, List.copyOf(parts));
  }

  private Expression product() {
    return arithmetical(this::power, "*", "/", "//", "%");
  }

  /** To the left, as Jinja has it and Python has not. */
  private Expression power() {
    return arithmetical(() -> signed(true), "**");
  }

  private Expression arithmetical(Supplier<Expression> operand, String... operators) {
    List<String> known = List.of(operators);
    Expression left = operand.get();
    while (tokens.peek().is(Kind.OPERATOR) && known.contains(tokens.peek().text())) {
      Token operator = tokens.take();
      left = new Expression.Arithmetical(operator.at(), operator.text(), left, operand.get());
    }
    return left;
  }

  /** A sign binds tighter than a filter: {@code -1|abs} is 1. */
  private Expression signed(boolean withFilters) {
    Token token = tokens.peek();
    Expression value;
    if (token.isOperator("-") || token.isOperator("+")) {
      tokens.enter();
      tokens.take();
      value = primaries.postfix(new Expression.Signed(token.at(), token.text().equals("-"), signed(false)));
      tokens.leave();
    } else {
      value = primaries.postfix(primaries.primary());
    }
    return withFilters ? primaries.filters(value) : value;
  }
}
