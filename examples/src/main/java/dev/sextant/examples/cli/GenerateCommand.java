package dev.sextant.examples.cli;

import dev.sextant.Generate;
import dev.sextant.Generation;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.StopReason;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import dev.sextant.tokenizer.chat.ChatMessage;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Goes on from a prompt. */
@Command(name = "generate", description = "Goes on from a prompt, showing the text as it comes.")
final class GenerateCommand implements Runnable {
  private static final int USUAL_TOKENS = 256;

  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Mixin
  private DecodingOptions decodingOptions;

  @Parameters(arity = "0..1", paramLabel = "PROMPT",
      description = "The text to go on from. Without it, the model begins a text of its own.")
  private @Nullable String prompt;

  @Option(names = "--chat",
      description = "Takes PROMPT as what a user says, and answers it, in the form that the model's chat template says.")
  private boolean chat;

  @Option(names = "--system", paramLabel = "TEXT",
      description = "What the model is told before the user speaks; brings --chat with it.")
  private @Nullable String system;

  @Option(names = {"-q", "--quiet"}, description = "Only the text, no figures.")
  private boolean quiet;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (isChat() && prompt == null) {
      throw new ParameterException(spec.commandLine(), "PROMPT is missing: what the user says to the model");
    }
    try (Model model = modelOptions.open(root)) {
      Generate generate = decodingOptions.apply(prompted(model), USUAL_TOKENS);
      if (prompt != null && !isChat() && root.style().coloured())
        out.print(root.style().faint(Visible.flowing(prompt)));
      Generation generation = generate.run(token -> {
        out.print(Visible.flowing(token.text()));
        out.flush();
      });
      out.println();
      out.flush();
      if (!quiet) spec.commandLine().getErr().println(root.style().faint(figures(generation)));
    }
  }

  private boolean isChat() {
    return chat || system != null;
  }

  private Generate prompted(Model model) {
    if (prompt != null) {
      return isChat() ? model.generate().messages(conversation(prompt)) : model.generate().prompt(prompt);
    }
    List<Integer> ends = model.config().endTokens();
    if (ends.isEmpty()) {
      throw new SextantException(
          "this model names no token that separates texts, so it cannot begin one; give a prompt");
    }
    return model.generate().ids(ends.getFirst()); // where one text ends, the next begins
  }

  private ChatMessage[] conversation(String said) {
    ChatMessage user = ChatMessage.user(said);
    return system == null ? new ChatMessage[] {user} : new ChatMessage[] {ChatMessage.system(system), user};
  }

  private static String figures(Generation generation) {
    boolean drawn = generation.tokens().stream().anyMatch(token -> token.probability() < 1);
    double speed = generation.tokensPerSecond(); // 0 where too few came
    return "[" + Numbers.plural(generation.tokens().size(), "token")
        + (speed == 0 ? "" : ", " + Numbers.decimal(speed, 1) + " tokens/s") + "; prompt: "
        + Numbers.plural(generation.promptIds().size(), "token") + " in " + generation.timings().prompt().toMillis()
        + " ms; " + ending(generation.stopReason()) + (drawn ? "; --seed " + generation.seed() : "") + "]";
  }

  private static String ending(StopReason reason) {
    return switch (reason) {
      case END_TOKEN -> "the model ended the text";
      case STOP_STRING -> "a stop text came";
      case LENGTH -> "as many tokens as asked for";
      case CONTEXT -> "the context is full";
      case CANCELLED -> "cancelled";
    };
  }
}
