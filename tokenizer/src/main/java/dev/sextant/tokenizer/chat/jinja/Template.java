package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.ChatTemplateException;
import dev.sextant.tokenizer.chat.RenderLimits;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A parsed template. Immutable, safe to share between threads. */
public final class Template {
  private final Source source;
  private final List<Statement> body;

  private Template(Source source, List<Statement> body) {
    this.source = source;
    this.body = body;
  }

  /**
   * Parses a template.
   *
   * @param name what messages call it
   * @throws ChatTemplateException if it is malformed or asks for something unsupported
   */
  public static Template parse(String name, String template) {
    Source source = Source.of(name, template);
    return new Template(source, StatementParser.parse(source));
  }

  /**
   * Renders the template.
   *
   * @param variables plain values by name: texts, numbers, truth values, null, lists, maps with texts for keys
   * @throws ChatTemplateException if a variable is anything else, or the template fails or does more than the limits allow
   */
  public String render(Map<String, ?> variables, RenderLimits limits, Clock clock) {
    Dict given;
    try {
      given = Input.dict(variables);
    } catch (Failure e) {
      throw new ChatTemplateException(source.name() + ": " + e.getMessage());
    }
    Rendering rendering = new Rendering(source, new Budget(limits), clock);
    return new Interpreter(rendering).run(body, Scope.outermost(given));
  }
}
