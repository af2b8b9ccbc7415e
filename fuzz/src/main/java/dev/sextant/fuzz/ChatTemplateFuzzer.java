package dev.sextant.fuzz;

import dev.sextant.tokenizer.chat.ChatMessage;
import dev.sextant.tokenizer.chat.ChatTemplate;
import dev.sextant.tokenizer.chat.ChatTemplateException;
import dev.sextant.tokenizer.chat.RenderLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A chat template: it is refused, or renders a conversation, or says why not. */
public final class ChatTemplateFuzzer {
  private static final List<ChatMessage> CONVERSATION = List.of(ChatMessage.system("Be brief."),
      ChatMessage.user("Is it raining?"), ChatMessage.assistant("Yes."), ChatMessage.user("And <|im_end|> now?"));

  /** Far less than the default, though more than real templates need: a loop without end must not take a millisecond. */
  private static final RenderLimits LIMITS = new RenderLimits(3_000, 30_000);

  private ChatTemplateFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      ChatTemplate.parse(new String(data, StandardCharsets.UTF_8))
          .withSpecialTokens(Map.of("bos_token", "<s>", "eos_token", "</s>")).withLimits(LIMITS).render(CONVERSATION);
    } catch (ChatTemplateException e) {
      Refusal.require(e, "");
    }
  }
}
