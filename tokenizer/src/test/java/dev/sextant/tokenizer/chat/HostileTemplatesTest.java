package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that mean harm, or are none: each ends in time and within its memory, with our own exception if any. */
class HostileTemplatesTest {
  private static final RenderLimits LIMITS = new RenderLimits(200_000, 1_000_000);
  private static final Duration SOON = Duration.ofSeconds(30);
  /** Half of what a thread has by default. */
  private static final int SMALL_STACK = 512 * 1024;

  private static final Map<String, @Nullable Object> VARIABLES = Map.of("text", "Hello", "list", List.of(3L, 1L, 2L),
      "messages", List.of(Map.of("role", "user", "content", "Hi")));

  /** What random templates are made of. */
  private static final List<String> PIECES = List.of("{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "{{-", "-}}",
      " ",
      "\n", "if", "elif", "else", "endif", "for", "in", "endfor", "set", "endset", "macro", "endmacro", "call",
      "endcall",
      "filter", "endfilter", "raw", "endraw", "with", "endwith", "generation", "endgeneration", "break", "continue",
      "recursive", "text", "list", "messages", "loop", "namespace", "range", "x", "f", "(", ")", "[", "]", "{", "}",
      ".",
      ",", ":", "|", "~", "+", "-", "*", "**", "/", "//", "%", "=", "==", "<", ">", "not", "and", "or", "is", "defined",
      "none", "true", "'a'", "\"b\"", "'", "\\", "1", "0", "2.5", "99999", "join", "map", "tojson", "replace", "upper",
      "content", "role", "items", "split", "é", "😀", "\u0000", "\uD800");

  @ParameterizedTest
  @ValueSource(strings = {
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|tojson }}",
    "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}"
        + "{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}",
    "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=()) %}{% for i in range(9999) %}{% set ns.x = (ns.x,) %}{% endfor %}{{ {ns.x: 1} }}",
    "{% set ns = namespace() %}{% set ns.self = ns %}{{ ns }}",
    "{% set ns = namespace(x='a') %}{% for i in range(99) %}{% set ns.x = ns.x|tojson %}{% endfor %}",
    "{% set ns = namespace(x='a') %}{% for i in range(99) %}{% set ns.x = ns.x|replace('a', 'aaaaaaaa') %}{% endfor %}",
    "{% set ns = namespace(x='&') %}{% for i in range(99) %}{% set ns.x = ns.x|e|forceescape ~ ns.x %}{% endfor %}",
    "{{ 'x' * 999999999999 }}", "{{ [1] * 999999999999 }}", "{{ (('x' * 900000) ~ 'x') * 2 }}",
    "{{ ('x' * 900000)|list|join('xxxx') }}", "{{ 'x'.center(99999999) }}", "{{ 'x'|center(99999999) }}",
    "{{ 'x'.zfill(99999999) }}", "{{ 'x'.ljust(2147483647) }}", "{{ '%99999999s' % 'x' }}", "{{ '%.99999999f' % 1 }}",
    "{{ '{:99999999}'.format('x') }}", "{{ '{:.99999999f}'.format(1.5) }}", "{{ 'x'|indent(99999999) }}",
    "{{ [[[1]]]|tojson(indent=99999999) }}", "{{ [1]|batch(99999999, 0)|list }}", "{{ [1]|slice(99999999)|list }}",
    "{{ [1]|slice(9999999999)|list }}", "{{ range(99999)|map('string')|join(' ' * 99) }}",
    "{{ range(999999999999) }}", "{{ range(-9223372036854775807, 9223372036854775807) }}",
    "{{ 9223372036854775807 + 1 }}", "{{ 2 ** 9999999999 }}", "{{ 9223372036854775808 }}",
    "{{ 1e999 * 0|int }}{{ 1e30|int }}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}{{ g() }}",
    "{% macro f() %}{% filter upper %}{% set x %}{{ f() }}{% endset %}{% endfilter %}{% endmacro %}{{ f() }}",
    "{% set s = 'x' * 900000 %}{% for i in range(99999) %}{% if s == s ~ '' %}{% endif %}{% endfor %}",
    "{% set s = 'x' * 900000 %}{% for i in range(99999) %}{{ s[0] }}{% endfor %}",
    "{% set s = 'x' * 900000 %}{% for i in range(99999) %}{% set y = s|length %}{% endfor %}",
    "{% set s = 'x' * 900000 %}{% for i in range(99999) %}{% set y = 'y' in s %}{% endfor %}",
    "{% set s = 'x' * 900000 %}{% for i in range(99999) %}{% set y = s.split('y') %}{% endfor %}"})
  void isStopped(String template) {
    ChatTemplate parsed = assertTimeoutPreemptively(SOON, () -> parseOrNull(template));
    if (parsed != null) {
      assertTimeoutPreemptively(SOON,
          () -> assertThrows(ChatTemplateException.class, () -> parsed.withLimits(LIMITS).render(VARIABLES)));
    }
  }

  private static @Nullable ChatTemplate parseOrNull(String template) {
    try {
      return ChatTemplate.parse(template);
    } catch (ChatTemplateException e) {
      return null;
    }
  }

  @Test
  void outputEndsWhereTheLimitIs() {
    ChatTemplate template = ChatTemplate.parse("{% for i in range(n) %}0123456789{% endfor %}")
        .withLimits(new RenderLimits(1_000_000, 1_000));
    assertEquals(1_000, template.render(Map.of("n", 100)).length());
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> template.render(Map.of("n", 101)));
    assertTrue(e.getMessage().contains("more than 1000 characters"), e.getMessage());
  }

  @Test
  void stepsEndWhereTheLimitIs() {
    ChatTemplate template = ChatTemplate.parse("{% for i in range(1000) %}{% set x = i + 1 %}{% endfor %}")
        .withLimits(new RenderLimits(1_000, 1_000));
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> template.render(Map.of()));
    assertTrue(e.getMessage().contains("more than 1000 steps"), e.getMessage());
  }

  @Test
  void aLongConversationIsWithinTheLimits() {
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      messages.add(ChatMessage.user("word ".repeat(2_000)));
    }
    String prompt = ChatTemplate
        .parse("{% for m in messages %}{{ '<' + m.role + '>' + m.content|trim + '\\n' }}{% endfor %}").render(messages);
    assertEquals(2_000 * (6 + 5 * 2_000 - 1 + 1), prompt.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{'a': ", "not ", "-", "1 if 0 else ", "f(", "x[", "x|default(", "x is eq ("})
  void deepExpressionsAreRefused(String open) {
    assertRefusedOnSmallStack("{{ " + open.repeat(50_000) + "1 }}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+ 1 ", "~ 1 ", "|string ", "and 1 ", "or 0 ", ".x", "[0]", "(0)", "if 1 ", "if 0 ", "* 1 ", "** 1 ",
        "is defined and 1 ", "< 1 "})
  void longChainsEnd(String link) {
    String template = "{{ 1 " + link.repeat(50_000) + "}}";
    onSmallStack(() -> attempt(template));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{% if 1 %}", "{% for x in [1] %}", "{% set x %}", "{% filter upper %}", "{% with %}",
    "{% macro f() %}", "{% generation %}", "{% call f() %}", "{% for x in [1] recursive %}", "{% set (((((("})
  void deepBlocksAreRefused(String open) {
    assertRefusedOnSmallStack(open.repeat(50_000));
  }

  @Test
  void deepestPermittedTemplatesFitASmallStack() {
    String closed = "[".repeat(90) + "1" + "]".repeat(90);
    onSmallStack(() -> assertNotNull(ChatTemplate.parse("{{ " + closed + "|tojson }}").render(Map.of())));
    String blocks = "{% for x in [1] %}".repeat(90) + "{{ x }}" + "{% endfor %}".repeat(90);
    onSmallStack(() -> assertEquals("1", ChatTemplate.parse(blocks).render(Map.of())));
    String macros = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}";
    onSmallStack(() -> assertEquals("", ChatTemplate.parse(macros).render(Map.of())));
    onSmallStack(() -> assertRefused("{% macro f(n) %}{{ '' ~ [f(n + 1)]|join }}{% endmacro %}{{ f(0) }}"));
    onSmallStack(() -> assertRefused("{% macro f(n) %}{% for x in [1] %}{{ [n]|map('string')|join }}"
        + "{% if n %}{{ f(x) if not f(n) else 1 }}{% endif %}{% endfor %}{% endmacro %}{{ f(1) }}"));
  }

  @Test
  void deepVariablesAreRefused() {
    Object nested = List.of();
    for (int i = 0; i < 100_000; i++) {
      nested = List.of(nested);
    }
    Map<String, @Nullable Object> variables = Map.of("x", nested);
    onSmallStack(() -> assertThrows(ChatTemplateException.class, () -> ChatTemplate.parse("").render(variables)));
  }

  @Test
  void variablesThatHoldThemselvesAreRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThrows(ChatTemplateException.class, () -> ChatTemplate.parse("{{ x }}").render(Map.of("x", list)));
  }

  @Test
  void longTemplatesAreRefused() {
    assertRefused("x".repeat((1 << 20) + 1));
    assertEquals(1 << 20, ChatTemplate.parse("x".repeat(1 << 20)).render(Map.of()).length());
  }

  /** Seeds 1 to 30,000. */
  @Test
  void randomTemplatesEndWithNothingButOurException() {
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
      for (int seed = 1; seed <= 30_000; seed++) {
        String template = random(new Random(seed));
        try {
          attempt(template);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + template, e);
        }
      }
    });
  }

  /** Cuts and swaps pieces of a template that works. Seeds 1 to 10,000. */
  @Test
  void spoiltTemplatesEndWithNothingButOurException() {
    List<String> originals = OwnTemplatesTest.cases().stream().map(OwnTemplatesTest.Case::template).toList();
    assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
      for (int seed = 1; seed <= 10_000; seed++) {
        Random random = new Random(seed);
        StringBuilder template = new StringBuilder(originals.get(random.nextInt(originals.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
          int at = random.nextInt(template.length() + 1);
          template.delete(at, Math.min(template.length(), at + random.nextInt(5)));
          template.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        }
        attempt(template.toString());
      }
    });
  }

  private static String random(Random random) {
    StringBuilder template = new StringBuilder();
    boolean inside = false;
    for (int i = random.nextInt(40); i >= 0; i--) {
      // Mostly well-formed at the edges of tags, or nothing would get past the lexer.
      if (random.nextInt(6) == 0) {
        template.append(inside ? " %}" : "{% ");
        inside = !inside;
      }
      template.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
    }
    return template.append(inside ? " %}" : "").toString();
  }

  private static void attempt(String template) {
    try {
      ChatTemplate.parse(template).withLimits(LIMITS).render(VARIABLES);
    } catch (ChatTemplateException e) {
      assertNotNull(e.getMessage());
    }
  }

  private static void assertRefused(String template) {
    assertThrows(ChatTemplateException.class, () -> ChatTemplate.parse(template).withLimits(LIMITS).render(VARIABLES));
  }

  private static void assertRefusedOnSmallStack(String template) {
    onSmallStack(() -> assertRefused(template));
  }

  private static void onSmallStack(Runnable test) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, test, "small stack", SMALL_STACK);
    thread.setUncaughtExceptionHandler((ignored, e) -> failure.set(e));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (failure.get() != null) {
      throw new AssertionError("on a small stack", failure.get());
    }
  }
}
