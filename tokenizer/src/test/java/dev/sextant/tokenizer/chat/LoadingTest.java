package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the templates of a model are found. */
class LoadingTest {
  private static final List<ChatMessage> HI = List.of(ChatMessage.user("Hi"));

  @TempDir
  Path folder;

  @Test
  void oneTemplateInTheConfiguration() throws IOException {
    write("tokenizer_config.json", """
        {"bos_token": "<s>", "eos_token": {"content": "</s>", "special": true}, "pad_token": null,
         "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ pad_token is defined }}"}""");
    ChatTemplate template = ChatTemplate.load(folder);
    assertEquals("<s>Hi</s>False", template.render(HI));
    assertEquals(Map.of("bos_token", "<s>", "eos_token", "</s>"), template.specialTokens());
    assertEquals(List.of("default"), ChatTemplate.names(folder));
  }

  @Test
  void severalTemplatesInTheConfiguration() throws IOException {
    write("tokenizer_config.json", """
        {"chat_template": [{"name": "default", "template": "d"}, {"name": "tool_use", "template": "t"}]}""");
    assertEquals("d", ChatTemplate.load(folder).render(HI));
    assertEquals("t", ChatTemplate.load(folder, "tool_use").render(HI));
    assertEquals(List.of("default", "tool_use"), ChatTemplate.names(folder));
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder, "rag"));
    assertTrue(e.getMessage().endsWith("no chat template named 'rag'; there are: default, tool_use"), e.getMessage());
  }

  @Test
  void filesOfTheirOwnGoBeforeTheConfiguration() throws IOException {
    write("tokenizer_config.json",
        """
        {"bos_token": "<s>", "chat_template": [{"name": "default", "template": "c"}, {"name": "rag", "template": "r"}]}""");
    write("chat_template.jinja", "{{ bos_token }}file\r\n{{ 1 }}\n");
    assertEquals("<s>file\n1", ChatTemplate.load(folder).render(HI));
    assertEquals(List.of("default"), ChatTemplate.names(folder));
    write("additional_chat_templates/tool_use.jinja", "more");
    write("additional_chat_templates/notes.txt", "{{");
    assertEquals("more", ChatTemplate.load(folder, "tool_use").render(HI));
    assertEquals(List.of("default", "tool_use"), ChatTemplate.names(folder));
  }

  @Test
  void anAdditionalFileAloneLeavesNoDefault() throws IOException {
    write("tokenizer_config.json", "{\"chat_template\": \"c\"}");
    write("additional_chat_templates/rag.jinja", "r");
    assertEquals("r", ChatTemplate.load(folder, "rag").render(HI));
    assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
  }

  @Test
  void noTemplate() throws IOException {
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
    assertTrue(e.getMessage().contains("neither chat_template.jinja nor tokenizer_config.json holds one"),
        e.getMessage());
    assertEquals(List.of(), ChatTemplate.names(folder));
    write("tokenizer_config.json", "{\"chat_template\": null}");
    assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
  }

  @Test
  void complaintsNameTheFile() throws IOException {
    write("chat_template.jinja", "a\n{{ x | nope }}");
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
    assertEquals(folder.resolve("chat_template.jinja") + ": line 2, column 8: filter 'nope' is not supported",
        e.getMessage());
    Files.write(folder.resolve("chat_template.jinja"), new byte[] {'a', (byte) 0xFF});
    assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
    Files.delete(folder.resolve("chat_template.jinja"));
    write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"default\", \"template\": \"{{\"}]}");
    e = assertThrows(ChatTemplateException.class, () -> ChatTemplate.load(folder));
    assertTrue(e.getMessage().contains("tokenizer_config.json: chat_template[0].template: line 1, column 1: "),
        e.getMessage());
    write("tokenizer_config.json", "{\"chat_template\": 7}");
    assertThrows(TokenizerException.class, () -> ChatTemplate.load(folder));
    write("tokenizer_config.json", "{");
    assertThrows(TokenizerException.class, () -> ChatTemplate.load(folder));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
