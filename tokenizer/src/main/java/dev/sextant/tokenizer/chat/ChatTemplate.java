package dev.sextant.tokenizer.chat;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.chat.jinja.Template;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a conversation into a prompt with the model's own template, a program in Jinja that comes with its tokenizer. What
 * it prints holds the special tokens of the model, spelled out, so encode it with
 * {@link dev.sextant.tokenizer.EncodeOptions#AS_IS}.
 *
 * <p>The template is read as the transformers library of Hugging Face does (5.x: Jinja 3.1 with trim_blocks, lstrip_blocks
 * and loop controls, its {@code tojson}, {@code raise_exception} and {@code strftime_now}). What this library does not know
 * (a filter, test, statement, function or method) is refused when the template is loaded. A template sees nothing of Java
 * and works within {@link RenderLimits}. Immutable, safe to share between threads.
 */
public final class ChatTemplate {
  private final Template template;
  private final Map<String, String> specialTokens;
  private final RenderLimits limits;
  private final Clock clock;

  private ChatTemplate(Template template, Map<String, String> specialTokens, RenderLimits limits, Clock clock) {
    this.template = template;
    this.specialTokens = specialTokens;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The template of a model, that named {@code default} where it has several.
   *
   * @param folder of the model; the template stands in {@code chat_template.jinja}, else in {@code tokenizer_config.json};
   *     the latter names the special tokens too
   * @throws ChatTemplateException if there is no such template or it cannot be read, is malformed or not supported
   * @throws TokenizerException if {@code tokenizer_config.json} cannot be read
   */
  public static ChatTemplate load(Path folder) {
    return load(folder, TemplateFiles.DEFAULT);
  }

  /**
   * One of the templates of a model.
   *
   * @param name such as {@code tool_use} or {@code rag}; see {@link #names}
   * @throws ChatTemplateException if there is no such template or it cannot be read, is malformed or not supported
   * @throws TokenizerException if {@code tokenizer_config.json} cannot be read
   */
  public static ChatTemplate load(Path folder, String name) {
    TemplateFiles files = TemplateFiles.read(folder);
    TemplateFiles.Found found = files.template(name);
    return new ChatTemplate(Template.parse(found.where(), found.source()), files.specialTokens(), RenderLimits.DEFAULT,
        Clock.systemDefaultZone());
  }

  /**
   * The names of the templates of a model, sorted; empty if it has none.
   *
   * @throws ChatTemplateException if one cannot be read
   * @throws TokenizerException if {@code tokenizer_config.json} cannot be read
   */
  public static List<String> names(Path folder) {
    return TemplateFiles.read(folder).names();
  }

  /**
   * A template by itself, without special tokens.
   *
   * @throws ChatTemplateException if it is malformed or not supported
   */
  public static ChatTemplate parse(String source) {
    return new ChatTemplate(Template.parse("chat template", source), Map.of(), RenderLimits.DEFAULT,
        Clock.systemDefaultZone());
  }

  /** The same template with these special tokens as variables, such as {@code bos_token}. */
  public ChatTemplate withSpecialTokens(Map<String, String> newTokens) {
    return new ChatTemplate(template, Map.copyOf(newTokens), limits, clock);
  }

  /** The same template with other limits. */
  public ChatTemplate withLimits(RenderLimits newLimits) {
    return new ChatTemplate(template, specialTokens, newLimits, clock);
  }

  /** The same template with another clock behind {@code strftime_now}. */
  public ChatTemplate withClock(Clock newClock) {
    return new ChatTemplate(template, specialTokens, limits, newClock);
  }

  /** The special tokens that the template is given, such as {@code bos_token}. */
  public Map<String, String> specialTokens() {
    return specialTokens;
  }

  /**
   * Renders a conversation that the model is to answer.
   *
   * @throws ChatTemplateException if the template refuses the conversation, fails, or goes beyond its limits
   */
  public String render(List<ChatMessage> messages) {
    return render(messages, ChatOptions.ANSWER);
  }

  /**
   * Renders a conversation.
   *
   * @throws ChatTemplateException if the template refuses the conversation, fails, or goes beyond its limits, or if a value
   *     is none that a message may hold
   */
  public String render(List<ChatMessage> messages, ChatOptions options) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>(specialTokens);
    variables.put("messages", messages.stream().map(ChatMessage::fields).toList());
    variables.put("tools", options.tools());
    variables.put("documents", options.documents());
    variables.put("add_generation_prompt", options.addGenerationPrompt());
    variables.putAll(options.variables());
    return render(variables);
  }

  /**
   * Renders the template with just these variables, and not even the special tokens.
   *
   * @param variables by name: texts, numbers of at most 64 bits, truth values, null, lists, and maps with texts for keys
   * @throws ChatTemplateException if the template fails or goes beyond its limits, or a variable is anything else
   */
  public String render(Map<String, @Nullable Object> variables) {
    return template.render(Collections.unmodifiableMap(variables), limits, clock);
  }
}
