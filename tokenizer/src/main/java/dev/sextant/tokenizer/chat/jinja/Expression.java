package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has a value. Each knows where in the source it stands. */
sealed interface Expression {
  int at();

  record Literal(int at, Object value) implements Expression {}

  record Name(int at, String name) implements Expression {}

  record ListOf(int at, List<Expression> items) implements Expression {}

  record TupleOf(int at, List<Expression> items) implements Expression {}

  record DictOf(int at, List<Expression> keys, List<Expression> values) implements Expression {}

  record Attribute(int at, Expression of, String name) implements Expression {}

  record Item(int at, Expression of, Expression index) implements Expression {}

  record Slice(int at, Expression of, @Nullable Expression from, @Nullable Expression to,
      @Nullable Expression step) implements Expression {}

  record Call(int at, Expression callee, Arguments arguments) implements Expression {}

  record Filtered(Expression value, FilterCall filter) implements Expression {
    @Override
    public int at() {
      return filter.at();
    }
  }

  record Tested(int at, Expression value, Operation<Object> test, Arguments arguments) implements Expression {}

  record Signed(int at, boolean negative, Expression of) implements Expression {}

  record Not(int at, Expression of) implements Expression {}

  record And(int at, Expression left, Expression right) implements Expression {}

  record Or(int at, Expression left, Expression right) implements Expression {}

  record Arithmetical(int at, String operator, Expression left, Expression right) implements Expression {}

  /** {@code first < rest[0] < rest[1]}: true where each neighbouring pair is. */
  record Compared(int at, Expression first, List<Comparison> rest) implements Expression {}

  /** Values as texts, joined: {@code a ~ b ~ c}. */
  record Joined(int at, List<Expression> parts) implements Expression {}

  record Conditional(int at, Expression test, Expression then, @Nullable Expression otherwise) implements Expression {}

  record Comparison(String operator, Expression right) {}

  record FilterCall(int at, Operation<Object> filter, Arguments arguments) {}

  /** {@code (a, b, name=c, *rest, **namedRest)}. */
  record Arguments(List<Expression> positional, Map<String, Expression> named, @Nullable Expression rest,
      @Nullable Expression namedRest) {
    static final Arguments NONE = new Arguments(List.of(), Map.of(), null, null);
  }
}
