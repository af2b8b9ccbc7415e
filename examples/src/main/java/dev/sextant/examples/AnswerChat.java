package dev.sextant.examples;

import dev.sextant.Generation;
import dev.sextant.Model;
import dev.sextant.tokenizer.chat.ChatMessage;
import java.nio.file.Path;

/** An answer in a conversation. Argument: the folder of a model that has a chat template, which the bundled one has not. */
public final class AnswerChat {
  private AnswerChat() {}

  public static void main(String[] args) {
    // @start region="answer-chat"
    try (Model model = Model.load(Path.of(args[0]))) {
      Generation answer = model.generate().messages(ChatMessage.system("You are brief."),
          ChatMessage.user("What is a sextant?")).maxTokens(60).run();
      System.out.println(answer.text());
    }
    // @end region="answer-chat"
  }
}
