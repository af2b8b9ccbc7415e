package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Expression.Arguments;
import dev.sextant.tokenizer.chat.jinja.Expression.FilterCall;
import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses literals, names and what follows them: attributes, items, calls, filters and tests. */
final class PrimaryParser {
  /** Names that end a test without an argument. */
  private static final Set<String> NO_TEST_ARGUMENT = Set.of("else", "or", "and");
  /** Filters whose first argument names a filter, and those where it, or the second, names a test. */
  private static final Set<String> SELECTING = Set.of("select", "reject", "selectattr", "rejectattr");

  private final TokenStream tokens;
  private final NameCheck names;
  private final ExpressionParser expressions;

  PrimaryParser(TokenStream tokens, NameCheck names, ExpressionParser expressions) {
    this.tokens = tokens;
    this.names = names;
    this.expressions = expressions;
  }

  Expression primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NAME -> name(token);
      case STRING -> text(token);
      case NUMBER -> new Expression.Literal(token.at(), token.value());
      case OPERATOR -> bracketed(token);
      default -> throw tokens.error(token.at(), "expected an expression, found " + token.describe());
    };
  }

  private Expression name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expression.Literal(token.at(), true);
      case "false", "False" -> new Expression.Literal(token.at(), false);
      case "none", "None" -> new Expression.Literal(token.at(), None.NONE);
      default -> {
        names.reads(token.text());
        yield new Expression.Name(token.at(), token.text());
      }
    };
  }

  /** Neighbouring texts are one. */
  private Expression text(Token first) {
    StringBuilder text = new StringBuilder((String) first.value());
    while (tokens.peek().is(Kind.STRING)) {
      text.append((String) tokens.take().value());
    }
    return new Expression.Literal(first.at(), text.toString());
  }

  private Expression bracketed(Token open) {
    return switch (open.text()) {
      case "(" -> {
        Expression inside = expressions.tuple(expressions::expression, true);
        tokens.expectOperator(")");
        yield inside;
      }
      case "[" -> new Expression.ListOf(open.at(), list());
      case "{" -> dict(open.at());
      default -> throw tokens.error(open.at(), "expected an expression, found " + open.describe());
    };
  }

  private List<Expression> list() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.skipOperator("]")) {
      items.add(expressions.expression());
      if (!tokens.peek().isOperator("]")) {
        tokens.expectOperator(",");
      }
    }
    return List.copyOf(items);
  }

  private Expression dict(int at) {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      Expression key = expressions.expression();
      if (key instanceof Expression.Literal literal && literal.value() instanceof String name) {
        names.stores(name);
      }
      keys.add(key);
      tokens.expectOperator(":");
      values.add(expressions.expression());
      if (!tokens.peek().isOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    return new Expression.DictOf(at, List.copyOf(keys), List.copyOf(values));
  }

  /** Attributes, items and calls behind a value. */
  Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      Token token = tokens.peek();
      if (tokens.skipOperator(".")) {
        result = attribute(token.at(), result);
      } else if (tokens.skipOperator("[")) {
        result = item(token.at(), result);
      } else if (token.isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression attribute(int at, Expression of) {
    Token token = tokens.take();
    if (token.is(Kind.NUMBER) && token.value() instanceof Long) {
      return new Expression.Item(at, of, new Expression.Literal(token.at(), token.value()));
    }
    if (!token.is(Kind.NAME)) {
      throw tokens.error(token.at(), "expected the name of an attribute, found " + token.describe());
    }
    return new Expression.Attribute(token.at(), of, token.text());
  }

  private Expression item(int at, Expression of) {
    if (tokens.skipOperator(":")) {
      return slice(at, of, null);
    }
    Expression index = expressions.expression();
    if (tokens.skipOperator(":")) {
      return slice(at, of, index);
    }
    if (tokens.peek().isOperator(",")) {
      throw tokens.error(at, "an item with several indexes is not supported");
    }
    tokens.expectOperator("]");
    return new Expression.Item(at, of, index);
  }

  /** The rest of a slice, behind its first colon. */
  private Expression slice(int at, Expression of, @Nullable Expression from) {
    Expression to = sliceBound();
    Expression step = tokens.skipOperator(":") ? sliceBound() : null;
    tokens.expectOperator("]");
    return new Expression.Slice(at, of, from, to, step);
  }

  private @Nullable Expression sliceBound() {
    return tokens.peek().isOperator(":") || tokens.peek().isOperator("]") ? null : expressions.expression();
  }

  Expression.Call call(Expression callee) {
    names.call(callee);
    return new Expression.Call(tokens.peek().at(), callee, arguments());
  }

  Arguments arguments() {
    int at = tokens.peek().at();
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Expression rest = null;
    Expression namedRest = null;
    while (!tokens.skipOperator(")")) {
      if (namedRest != null) {
        throw tokens.unexpected("expected ')' behind the ** argument");
      }
      if (tokens.skipOperator("**")) {
        namedRest = expressions.expression();
      } else if (rest == null && tokens.skipOperator("*")) {
        rest = expressions.expression();
      } else if (tokens.peek().is(Kind.NAME) && tokens.peekBehind().isOperator("=")) {
        namedArgument(named);
      } else if (rest == null && named.isEmpty()) {
        positional.add(expressions.expression());
      } else {
        throw tokens.error(at, "a positional argument stands behind a named one");
      }
      if (!tokens.peek().isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new Arguments(List.copyOf(positional), Collections.unmodifiableMap(named), rest, namedRest);
  }

  private void namedArgument(Map<String, Expression> named) {
    Token name = tokens.take();
    tokens.take();
    names.stores(name.text());
    if (named.put(name.text(), expressions.expression()) != null) {
      throw tokens.error(name.at(), "argument '" + name.text() + "' is given twice");
    }
  }

  /** Filters, tests and calls behind a value. */
  Expression filters(Expression value) {
    Expression result = value;
    while (true) {
      Token token = tokens.peek();
      if (token.isOperator("|")) {
        result = filtered(result);
      } else if (tokens.skipName("is")) {
        result = test(token.at(), result);
      } else if (token.isOperator("(")) {
        result = call(result);
      } else {
        return result;
      }
    }
  }

  private Expression filtered(Expression value) {
    tokens.take();
    return new Expression.Filtered(value, filter());
  }

  /** A filter behind its bar. */
  FilterCall filter() {
    Token name = tokens.expect(Kind.NAME, "the name of a filter");
    StringBuilder spelled = new StringBuilder(name.text());
    while (tokens.skipOperator(".")) {
      spelled.append('.').append(tokens.expect(Kind.NAME, "the name of a filter").text());
    }
    Operation<Object> filter = names.filter(name.at(), spelled.toString());
    Arguments arguments = tokens.peek().isOperator("(") ? arguments() : Arguments.NONE;
    checkNamedInside(name.text(), arguments);
    return new FilterCall(name.at(), filter, arguments);
  }

  /** Some filters name a filter or test in their arguments. */
  private void checkNamedInside(String filter, Arguments arguments) {
    int index = filter.endsWith("attr") ? 1 : 0;
    if (arguments.positional().size() <= index
        || !(arguments.positional().get(index) instanceof Expression.Literal literal)
        || !(literal.value() instanceof String named)) {
      return;
    }
    if (filter.equals("map")) {
      names.filter(literal.at(), named);
    } else if (SELECTING.contains(filter)) {
      names.test(literal.at(), named);
    }
  }

  private Expression test(int at, Expression value) {
    boolean negated = tokens.skipName("not");
    Token name = tokens.expect(Kind.NAME, "the name of a test");
    Operation<Object> operation = names.test(name.at(), name.text());
    Expression test = new Expression.Tested(name.at(), value, operation, testArguments());
    return negated ? new Expression.Not(at, test) : test;
  }

  /** A test takes arguments in parentheses or a single value behind it. */
  private Arguments testArguments() {
    Token token = tokens.peek();
    if (token.isOperator("(")) {
      return arguments();
    }
    if (token.isName("is")) {
      throw tokens.error(token.at(), "a test of a test");
    }
    boolean argument = token.is(Kind.NAME) && !NO_TEST_ARGUMENT.contains(token.text()) || token.is(Kind.STRING)
        || token.is(Kind.NUMBER) || token.isOperator("[") || token.isOperator("{");
    return argument ? new Arguments(List.of(postfix(primary())), Map.of(), null, null) : Arguments.NONE;
  }
}
