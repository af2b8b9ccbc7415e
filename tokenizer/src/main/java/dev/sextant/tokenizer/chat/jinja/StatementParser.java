package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Expression.FilterCall;
import dev.sextant.tokenizer.chat.jinja.Statement.MacroDefinition;
import dev.sextant.tokenizer.chat.jinja.Statement.Signature;
import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parses a template: text, print tags and blocks. */
final class StatementParser {
  private final TokenStream tokens;
  private final NameCheck names;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  /** How many loops of the current macro enclose the current place. */
  private int loops;

  private StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.names = new NameCheck(tokens);
    this.expressions = new ExpressionParser(tokens, names);
    this.targets = new TargetParser(tokens, names);
  }

  static List<Statement> parse(Source source) {
    StatementParser parser = new StatementParser(new TokenStream(source));
    List<Statement> body = parser.statements(Set.of());
    parser.names.finish();
    return body;
  }

  /** The body of a block, behind the end of its tag; leaves the stream at the name of the block that ends it. */
  private List<Statement> body(String... ends) {
    tokens.skipOperator(":");
    tokens.expect(Kind.BLOCK_END, "the end of the block");
    tokens.enter();
    List<Statement> body = statements(Set.of(ends));
    tokens.leave();
    return body;
  }

  /** As {@link #body}, and steps behind the name of the block that ends it. */
  private List<Statement> wholeBody(String end) {
    List<Statement> body = body(end);
    tokens.take();
    return body;
  }

  private List<Statement> statements(Set<String> ends) {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      Token token = tokens.take();
      switch (token.kind()) {
        case DATA -> statements.add(new Statement.Text(token.text()));
        case PRINT_BEGIN -> {
          statements.add(new Statement.Print(expressions.tuple()));
          tokens.expect(Kind.PRINT_END, "'}}'");
        }
        case BLOCK_BEGIN -> {
          if (ends.contains(tokens.peek().text())) {
            return List.copyOf(statements);
          }
          statements.add(block());
          tokens.expect(Kind.BLOCK_END, "'%}'");
        }
        default -> {
          if (!ends.isEmpty()) {
            throw tokens.error(token.at(),
                "the template ends where '" + String.join("' or '", new TreeSet<>(ends)) + "' is missing");
          }
          return List.copyOf(statements);
        }
      }
    }
  }

  private Statement block() {
    Token name = tokens.expect(Kind.NAME, "the name of a statement");
    return switch (name.text()) {
      case "if" -> branches();
      case "for" -> loop(name.at());
      case "set" -> assignment(name.at());
      case "macro" -> macro(name.at());
      case "call" -> callBlock(name.at());
      case "filter" -> new Statement.FilterBlock(name.at(), filterChain(), wholeBody("endfilter"));
      case "with" -> with(name.at());
      case "generation" -> new Statement.Generation(name.at(), outsideLoops("endgeneration"));
      case "print" -> new Statement.Print(expressions.tuple());
      case "break" -> new Statement.Break(inLoop(name));
      case "continue" -> new Statement.Continue(inLoop(name));
      default -> throw tokens.error(name.at(), name.text().startsWith("end") || name.text().startsWith("el")
          ? "'" + name.text() + "' ends nothing here"
          : "statement '" + name.text() + "' is not supported");
    };
  }

  private int inLoop(Token name) {
    if (loops == 0) {
      throw tokens.error(name.at(), "'" + name.text() + "' outside of a loop");
    }
    return name.at();
  }

  private Statement branches() {
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    String end = "elif";
    while (end.equals("elif")) {
      branches.add(new Statement.Branch(expressions.tupleWithoutIf(), body("elif", "else", "endif")));
      end = tokens.take().text();
    }
    if (end.equals("else")) {
      otherwise = wholeBody("endif");
    }
    return new Statement.If(List.copyOf(branches), otherwise);
  }

  private Statement loop(int at) {
    Target target = targets.loopTarget();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("expected 'in'");
    }
    Expression iterable = expressions.tupleWithoutIf();
    Expression filter = tokens.skipName("if") ? expressions.expression() : null;
    boolean recursive = tokens.skipName("recursive");
    if (recursive) {
      names.assigns("loop");
    }
    loops++;
    targets.enterLoop();
    List<Statement> body = body("else", "endfor");
    loops--;
    List<Statement> otherwise = tokens.take().text().equals("else") ? wholeBody("endfor") : List.of();
    targets.leaveLoop();
    return new Statement.For(at, target, iterable, filter, recursive, body, otherwise);
  }

  private Statement assignment(int at) {
    Target target = targets.target(true);
    if (tokens.skipOperator("=")) {
      return new Statement.Assign(at, target, expressions.tuple());
    }
    List<FilterCall> filters = tokens.skipOperator("|") ? filterChain() : List.of();
    return new Statement.AssignBlock(at, target, filters, wholeBody("endset"));
  }

  /** One filter and those behind further bars. */
  private List<FilterCall> filterChain() {
    List<FilterCall> filters = new ArrayList<>();
    do {
      filters.add(expressions.primaries().filter());
    } while (tokens.skipOperator("|"));
    return List.copyOf(filters);
  }

  private Statement with(int at) {
    List<Target> assigned = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.peek().is(Kind.BLOCK_END)) {
      if (!assigned.isEmpty()) {
        tokens.expectOperator(",");
      }
      assigned.add(targets.target(false));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(at, List.copyOf(assigned), List.copyOf(values), wholeBody("endwith"));
  }

  private MacroDefinition macro(int at) {
    String name = targets.name();
    return definition(at, name, "endmacro");
  }

  private Statement callBlock(int at) {
    Set<String> before = names.startReading();
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (tokens.peek().isOperator("(")) {
      parameters(parameters, defaults);
    }
    Set<String> signatureReads = names.stopReading(before);
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw tokens.error(at, "a call block must call something");
    }
    before = names.startReading();
    List<Statement> body = outsideLoops("endcall");
    Signature signature = signature("caller", parameters, defaults, names.stopReading(before), signatureReads);
    return new Statement.CallBlock(call, new MacroDefinition(at, signature, body));
  }

  private MacroDefinition definition(int at, String name, String end) {
    Set<String> before = names.startReading();
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    parameters(parameters, defaults);
    List<Statement> body = outsideLoops(end);
    Signature signature = signature(name, parameters, defaults, names.stopReading(before), Set.of());
    return new MacroDefinition(at, signature, body);
  }

  private static Signature signature(String name, List<String> parameters, List<Expression> defaults,
      Set<String> bodyReads, Set<String> signatureReads) {
    Set<String> reads = new HashSet<>(bodyReads);
    reads.addAll(signatureReads);
    reads.retainAll(Set.of("caller", "varargs", "kwargs"));
    parameters.forEach(reads::remove);
    return new Signature(name, List.copyOf(parameters), List.copyOf(defaults), Set.copyOf(reads));
  }

  /** A body that break and continue cannot leave. */
  private List<Statement> outsideLoops(String end) {
    names.assigns("caller");
    int around = loops;
    loops = 0;
    List<Statement> body = wholeBody(end);
    loops = around;
    return body;
  }

  private void parameters(List<String> parameters, List<Expression> defaults) {
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.expectOperator(",");
      }
      Token at = tokens.peek();
      String name = targets.name();
      if (parameters.contains(name)) {
        throw tokens.error(at.at(), "parameter '" + name + "' stands twice");
      }
      parameters.add(name);
      if (tokens.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.error(at.at(), "parameter '" + name + "' without default behind one that has one");
      }
    }
  }
}
