package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Expression.Arguments;
import dev.sextant.tokenizer.chat.jinja.Expression.FilterCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Evaluates expressions and adds to each failure its place in the template. */
final class Evaluator {
  private final Rendering rendering;
  private final Budget budget;

  Evaluator(Rendering rendering) {
    this.rendering = rendering;
    this.budget = rendering.budget();
  }

  /** Does something, blaming a place in the template if it fails. */
  <T> T placed(int at, Supplier<T> something) {
    try {
      return something.get();
    } catch (Failure e) {
      throw rendering.source().error(at, e.getMessage());
    }
  }

  /** Counts one more level of depth. */
  void enter(int at) {
    try {
      budget.enter();
    } catch (Failure e) {
      throw rendering.source().error(at, e.getMessage());
    }
  }

  Object evaluate(Expression expression, Scope scope) {
    try {
      budget.enter();
      Object value = value(expression, scope);
      budget.leave();
      return value;
    } catch (Failure e) {
      throw rendering.source().error(expression.at(), e.getMessage());
    }
  }

  private Object value(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> scope.get(name.name());
      case Expression.ListOf list -> all(list.items(), scope);
      case Expression.TupleOf tuple -> new Tuple(all(tuple.items(), scope));
      case Expression.DictOf dict -> dict(dict, scope);
      case Expression.Attribute attribute ->
        Attributes.attribute(touched(attribute.of(), scope), attribute.name());
      case Expression.Item item ->
        Subscripts.item(touched(item.of(), scope), evaluate(item.index(), scope));
      case Expression.Slice slice -> slice(slice, scope);
      case Expression.Call call ->
        call(call.at(), evaluate(call.callee(), scope), arguments(call.arguments(), scope));
      case Expression.Filtered filtered -> filter(touched(filtered.value(), scope), filtered.filter(), scope);
      case Expression.Tested tested -> tested.test().apply(touched(tested.value(), scope),
          arguments(tested.arguments(), scope), rendering);
      case Expression.Signed signed -> Arithmetic.signed(signed.negative(), evaluate(signed.of(), scope));
      case Expression.Not not -> !Values.truth(evaluate(not.of(), scope));
      case Expression.And and -> and(and, scope);
      case Expression.Or or -> or(or, scope);
      case Expression.Arithmetical sum -> Arithmetic.apply(sum.operator(), evaluate(sum.left(), scope),
          evaluate(sum.right(), scope), budget);
      case Expression.Compared compared -> compare(compared, scope);
      case Expression.Joined joined -> join(joined, scope);
      case Expression.Conditional conditional -> choose(conditional, scope);
    };
  }

  /** A value about to be looked through, which the budget counts. */
  private Object touched(Expression expression, Scope scope) {
    Object value = evaluate(expression, scope);
    budget.touch(value);
    return value;
  }

  private List<Object> all(List<Expression> expressions, Scope scope) {
    List<Object> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(evaluate(expression, scope));
    }
    return values;
  }

  private Dict dict(Expression.DictOf expression, Scope scope) {
    Dict dict = new Dict();
    for (int i = 0; i < expression.keys().size(); i++) {
      dict.put(evaluate(expression.keys().get(i), scope), evaluate(expression.values().get(i), scope));
    }
    return dict;
  }

  private Object slice(Expression.Slice slice, Scope scope) {
    Object of = touched(slice.of(), scope);
    Object from = slice.from() == null ? None.NONE : evaluate(slice.from(), scope);
    Object to = slice.to() == null ? None.NONE : evaluate(slice.to(), scope);
    Object step = slice.step() == null ? None.NONE : evaluate(slice.step(), scope);
    return Subscripts.slice(of, from, to, step, budget);
  }

  private Object and(Expression.And and, Scope scope) {
    Object left = evaluate(and.left(), scope);
    return Values.truth(left) ? evaluate(and.right(), scope) : left;
  }

  private Object or(Expression.Or or, Scope scope) {
    Object left = evaluate(or.left(), scope);
    return Values.truth(left) ? left : evaluate(or.right(), scope);
  }

  private Object compare(Expression.Compared compared, Scope scope) {
    Object left = touched(compared.first(), scope);
    for (Expression.Comparison comparison : compared.rest()) {
      Object right = touched(comparison.right(), scope);
      if (!Comparisons.holds(comparison.operator(), left, right, budget)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private Object join(Expression.Joined joined, Scope scope) {
    TextBuffer text = new TextBuffer(budget);
    for (Expression part : joined.parts()) {
      text.append(Printer.text(evaluate(part, scope), budget));
    }
    return text.toString();
  }

  private Object choose(Expression.Conditional conditional, Scope scope) {
    if (Values.truth(evaluate(conditional.test(), scope))) {
      return evaluate(conditional.then(), scope);
    }
    Expression otherwise = conditional.otherwise();
    return otherwise == null
        ? new Undefined("the inline if was false and has no else")
        : evaluate(otherwise, scope);
  }

  Object filter(Object value, FilterCall filter, Scope scope) {
    CallArguments arguments = arguments(filter.arguments(), scope);
    return placed(filter.at(), () -> filter.filter().apply(value, arguments, rendering));
  }

  Object call(int at, Object callee, CallArguments arguments) {
    return placed(at, () -> switch (callee) {
      case Callable callable -> callable.call(arguments, rendering);
      case Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("'" + Values.typeName(callee) + "' object is not callable");
    });
  }

  CallArguments arguments(Arguments arguments, Scope scope) {
    if (arguments == Arguments.NONE) {
      return CallArguments.NONE;
    }
    List<Object> positional = all(arguments.positional(), scope);
    Map<String, Object> named = new LinkedHashMap<>();
    arguments.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
    if (arguments.rest() != null) {
      Values.iterate(evaluate(arguments.rest(), scope)).forEachRemaining(positional::add);
    }
    if (arguments.namedRest() != null) {
      addNamed(evaluate(arguments.namedRest(), scope), named);
    }
    return new CallArguments(positional, named);
  }

  private static void addNamed(Object rest, Map<String, Object> named) {
    if (!(rest instanceof Dict dict)) {
      throw new Failure("the argument behind ** must be a dict, not " + Values.typeName(rest));
    }
    for (Dict.Entry entry : dict.entries()) {
      if (!(entry.key() instanceof String name) || named.put(name, entry.value()) != null) {
        throw new Failure("the argument behind ** holds a key that is no text or already given");
      }
    }
  }
}
