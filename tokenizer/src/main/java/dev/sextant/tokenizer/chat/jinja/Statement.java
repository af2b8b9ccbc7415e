package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a template does, one after another. */
sealed interface Statement {
  record Text(String text) implements Statement {}

  record Print(Expression value) implements Statement {}

  record Assign(int at, Target target, Expression value) implements Statement {}

  /** {@code {% set target | filters %}body{% endset %}}. */
  record AssignBlock(int at, Target target, List<Expression.FilterCall> filters,
      List<Statement> body) implements Statement {}

  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  record Branch(Expression test, List<Statement> body) {}

  record For(int at, Target target, Expression iterable, @Nullable Expression filter, boolean recursive,
      List<Statement> body, List<Statement> otherwise) implements Statement {}

  record MacroDefinition(int at, Signature signature, List<Statement> body) implements Statement {}

  /** {@code {% call(parameters) callee(…) %}body{% endcall %}}. */
  record CallBlock(Expression.Call call, MacroDefinition caller) implements Statement {}

  record FilterBlock(int at, List<Expression.FilterCall> filters, List<Statement> body) implements Statement {}

  record With(int at, List<Target> targets, List<Expression> values, List<Statement> body) implements Statement {}

  /** What the assistant says, marked for training; printed as it is. */
  record Generation(int at, List<Statement> body) implements Statement {}

  /** Ends the loop. */
  record Break(int at) implements Statement {}

  /** Ends the round of the loop. */
  record Continue(int at) implements Statement {}

  /**
   * What a macro is called and takes.
   *
   * @param defaults of the last parameters, evaluated with each call
   * @param reads which of the names {@code caller}, {@code varargs} and {@code kwargs} the body reads and so wants filled
   */
  record Signature(String name, List<String> parameters, List<Expression> defaults, Set<String> reads) {
    @Nullable
    Expression defaultOf(int parameter) {
      int index = parameter - (parameters.size() - defaults.size());
      return index < 0 ? null : defaults.get(index);
    }
  }
}
