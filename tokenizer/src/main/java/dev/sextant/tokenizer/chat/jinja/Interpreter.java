package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Expression.FilterCall;
import dev.sextant.tokenizer.chat.jinja.Statement.MacroDefinition;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs statements. One per rendering. */
final class Interpreter {
  /** How a statement ends: by running through, or leaving the loop or its round. */
  private enum Flow {
    ON, BREAK, CONTINUE
  }

  /** The stack that calling a macro or a loop takes, in operations. */
  private static final int CALL_DEPTH = 5;

  private final Rendering rendering;
  private final Evaluator evaluator;

  Interpreter(Rendering rendering) {
    this.rendering = rendering;
    this.evaluator = new Evaluator(rendering);
  }

  Object evaluate(Expression expression, Scope scope) {
    return evaluator.evaluate(expression, scope);
  }

  /** What a body prints. */
  String run(List<Statement> body, Scope scope) {
    TextBuffer output = new TextBuffer(rendering.budget());
    rendering.budget().enter(CALL_DEPTH);
    run(body, scope, output);
    rendering.budget().leave(CALL_DEPTH);
    return output.toString();
  }

  private Flow run(List<Statement> body, Scope scope, TextBuffer output) {
    for (Statement statement : body) {
      Flow flow = run(statement, scope, output);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(Statement statement, Scope scope, TextBuffer output) {
    return switch (statement) {
      case Statement.Text text -> print(0, text.text(), output);
      case Statement.Print print -> print(print.value().at(), evaluator.evaluate(print.value(), scope), output);
      case Statement.Assign assign -> assign(assign.at(), assign.target(), evaluate(assign.value(), scope), scope);
      case Statement.AssignBlock block -> assignBlock(block, scope);
      case Statement.If branches -> branch(branches, scope, output);
      case Statement.For loop -> loop(loop, scope, output);
      case MacroDefinition macro -> define(macro, scope);
      case Statement.CallBlock call -> callBlock(call, scope, output);
      case Statement.FilterBlock block -> filterBlock(block, scope, output);
      case Statement.With with -> with(with, scope, output);
      case Statement.Generation marked -> print(marked.at(), run(marked.body(), scope.inner()), output);
      case Statement.Break end -> Flow.BREAK;
      case Statement.Continue next -> Flow.CONTINUE;
    };
  }

  private Flow print(int at, Object value, TextBuffer output) {
    evaluator.placed(at, () -> output.append(Printer.text(value, rendering.budget())));
    return Flow.ON;
  }

  private Flow assign(int at, Target target, Object value, Scope scope) {
    evaluator.placed(at, () -> {
      put(target, value, scope);
      return None.NONE;
    });
    return Flow.ON;
  }

  private void put(Target target, Object value, Scope scope) {
    switch (target) {
      case Target.Variable variable -> scope.set(variable.name(), value);
      case Target.NamespaceAttribute place -> {
        if (!(scope.get(place.namespace()) instanceof Namespace namespace)) {
          throw new Failure("'" + place.namespace() + "' is not a namespace, so its attributes cannot be set");
        }
        namespace.put(place.attribute(), value);
      }
      case Target.Several several -> unpack(several.targets(), value, scope);
    }
  }

  private void unpack(List<Target> targets, Object value, Scope scope) {
    Iterator<Object> items = Values.iterate(value);
    for (Target target : targets) {
      if (!items.hasNext()) {
        throw new Failure("not enough values to take apart: expected " + targets.size());
      }
      put(target, items.next(), scope);
    }
    if (items.hasNext()) {
      throw new Failure("too many values to take apart: expected " + targets.size());
    }
  }

  private Flow assignBlock(Statement.AssignBlock block, Scope scope) {
    Scope inner = scope.inner();
    TextBuffer captured = new TextBuffer(rendering.budget());
    Flow flow = run(block.body(), inner, captured);
    if (flow == Flow.ON) {
      assign(block.at(), block.target(), filtered(captured.toString(), block.filters(), inner), scope);
    }
    return flow;
  }

  private Flow filterBlock(Statement.FilterBlock block, Scope scope, TextBuffer output) {
    Scope inner = scope.inner();
    TextBuffer captured = new TextBuffer(rendering.budget());
    Flow flow = run(block.body(), inner, captured);
    return flow == Flow.ON ? print(block.at(), filtered(captured.toString(), block.filters(), inner), output) : flow;
  }

  private Object filtered(String text, List<FilterCall> filters, Scope scope) {
    Object value = text;
    for (FilterCall filter : filters) {
      value = evaluator.filter(value, filter, scope);
    }
    return value;
  }

  private Flow branch(Statement.If branches, Scope scope, TextBuffer output) {
    for (Statement.Branch branch : branches.branches()) {
      if (Values.truth(evaluate(branch.test(), scope))) {
        return nested(branch.test().at(), branch.body(), scope, output);
      }
    }
    return nested(branches.branches().getLast().test().at(), branches.otherwise(), scope, output);
  }

  /** Runs the body of a block, counting its depth. */
  private Flow nested(int at, List<Statement> body, Scope scope, TextBuffer output) {
    evaluator.enter(at);
    Flow flow = run(body, scope, output);
    rendering.budget().leave();
    return flow;
  }

  private Flow with(Statement.With with, Scope scope, TextBuffer output) {
    Scope inner = scope.inner();
    for (int i = 0; i < with.targets().size(); i++) {
      assign(with.at(), with.targets().get(i), evaluate(with.values().get(i), scope), inner);
    }
    return nested(with.at(), with.body(), inner, output);
  }

  private Flow define(MacroDefinition macro, Scope scope) {
    scope.set(macro.signature().name(), new Macro(macro, scope, this));
    return Flow.ON;
  }

  private Flow callBlock(Statement.CallBlock block, Scope scope, TextBuffer output) {
    Expression.Call call = block.call();
    Object callee = evaluate(call.callee(), scope);
    CallArguments arguments = evaluator.arguments(call.arguments(), scope);
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    named.put("caller", new Macro(block.caller(), scope, this));
    return print(call.at(), evaluator.call(call.at(), callee, new CallArguments(arguments.positional(), named)),
        output);
  }

  private Flow loop(Statement.For statement, Scope scope, TextBuffer output) {
    Object iterable = evaluate(statement.iterable(), scope);
    run(statement, scope, iterable, 0, output);
    return Flow.ON;
  }

  private void run(Statement.For statement, Scope scope, Object iterable, int depth, TextBuffer output) {
    Loop loop = evaluator.placed(statement.at(), () -> new Loop(rounds(statement, iterable, scope), depth));
    if (statement.recursive()) {
      loop.recurseWith(inner -> recurse(statement, scope, inner, depth + 1));
    }
    boolean completed = false;
    while (evaluator.placed(statement.at(), loop::advance)) {
      Scope round = scope.inner();
      assign(statement.at(), statement.target(), loop.current(), round);
      round.set("loop", loop);
      Flow flow = nested(statement.at(), statement.body(), round, output);
      if (flow == Flow.BREAK) {
        break;
      }
      completed |= flow == Flow.ON;
    }
    // As compiled by Jinja: the else part runs unless some round ran to its end.
    if (!completed) {
      nested(statement.at(), statement.otherwise(), scope.inner(), output);
    }
  }

  private String recurse(Statement.For statement, Scope scope, Object iterable, int depth) {
    TextBuffer output = new TextBuffer(rendering.budget());
    rendering.budget().enter(CALL_DEPTH);
    run(statement, scope, iterable, depth, output);
    rendering.budget().leave(CALL_DEPTH);
    return output.toString();
  }

  /** What a loop walks: the filter, if there is one, is tested as the loop goes on. */
  private Rounds rounds(Statement.For statement, Object iterable, Scope scope) {
    Iterator<Object> items = Values.iterate(iterable);
    Expression filter = statement.filter();
    if (filter == null) {
      return new Rounds(items, Values.hasLength(iterable) ? Values.length(iterable) : -1);
    }
    return new Rounds(new FilteredIterator(items, item -> {
      Scope tested = scope.inner();
      put(statement.target(), item, tested);
      return Values.truth(evaluate(filter, tested));
    }), -1);
  }
}
