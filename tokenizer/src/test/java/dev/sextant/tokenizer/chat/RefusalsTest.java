package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not supported is refused by its name when the template is loaded; every complaint names line and column. */
class RefusalsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '§', quoteCharacter = '`', value = {
    "{{ x | xmlattr }} § filter 'xmlattr'", "{{ x | from_json }} § filter 'from_json'",
    "{% if false %}{{ x | nope }}{% endif %} § filter 'nope'", "{{ x | a.b }} § filter 'a.b'",
    "{% filter pprint %}{% endfilter %} § filter 'pprint'", "{% set x | groupby('a') %}{% endset %} § filter 'groupby'",
    "{{ x | map('urlize') }} § filter 'urlize'", "{{ x | map('int') | map('nope', 1) }} § filter 'nope'",
    "{{ x is nope }} § test 'nope'", "{{ x is not nope }} § test 'nope'", "{{ x | select('nope') }} § test 'nope'",
    "{{ x | selectattr('a', 'nope', 1) }} § test 'nope'", "{{ x | rejectattr('a', 'nope') }} § test 'nope'",
    "{{ nope(1) }} § function 'nope'", "{% if false %}{{ lipsum() }}{% endif %} § function 'lipsum'",
    "{{ cycler(1) }} § function 'cycler'", "{% macro f() %}{{ joiner() }}{% endmacro %} § function 'joiner'",
    "{% call nope() %}{% endcall %} § function 'nope'",
    "{{ x.nope(1) }} § method 'nope'", "{{ x.y.encode() }} § method 'encode'",
    "{{ 'a'.translate({}) }} § method 'translate'",
    "{{ dict.fromkeys([1]) }} § method 'fromkeys'", "{% do x %} § statement 'do'",
    "{% include 'x' %} § statement 'include'",
    "{% import 'x' as y %} § statement 'import'", "{% from 'x' import y %} § statement 'from'",
    "{% extends 'x' %} § statement 'extends'", "{% block x %}{% endblock %} § statement 'block'",
    "{% autoescape true %}{% endautoescape %} § statement 'autoescape'",
    "{% trans %}{% endtrans %} § statement 'trans'",
    "{% debug %} § statement 'debug'"})
  void namesWhatIsNotSupported(String template, String name) {
    ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> ChatTemplate.parse(template));
    assertTrue(e.getMessage().endsWith(name + " is not supported"), e.getMessage());
    assertEquals(1, e.line());
    // In map('nope') the text with its quotes is to blame.
    String spelled = name.substring(name.indexOf('\''));
    int quoted = template.indexOf(spelled);
    assertEquals((quoted >= 0 ? quoted : template.indexOf(spelled.replace("'", ""))) + 1, e.column(), e::getMessage);
  }

  /** Values that a template puts into a namespace, a dict or a variable may be called, whatever their name. */
  @Test
  void functionsOfTheTemplateItselfAreKnown() {
    assertEquals("2", render("{% set ns = namespace() %}{% set ns.f = range %}{{ ns.f(3)[-1] }}"));
    assertEquals("2", render("{% set ns = namespace(f=range) %}{{ ns.f(3)[-1] }}"));
    assertEquals("2", render("{% set d = {'f': range} %}{{ d.f(3)[-1] }}"));
    assertEquals("x", render("{% macro f(g) %}{{ g() }}{% endmacro %}{% macro x() %}x{% endmacro %}{{ f(x) }}"));
    assertEquals("x", render("{{ f() if false else 'x' }}{% macro f() %}{% endmacro %}"));
  }

  /** A method that changes a value is known, but fails when it is called, as in the sandbox of the reference. */
  @Test
  void changingAValueFails() {
    assertEquals("ok", render("{% if false %}{% set _ = [].append(1) %}{% endif %}ok"));
    for (String call : List.of("[].append(1)", "[1].pop()", "{'a': 1}.pop('a')", "{}.update({})", "[2, 1].sort()")) {
      ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> render("{{ " + call + " }}"));
      assertTrue(e.getMessage().contains("which a template must not"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '§', quoteCharacter = '`', value = {
    "{{ 1 }}\\n  {{ 'a' + 1 }} § 2 § 10 § '+' is not supported between 'str' and 'int'",
    "{{ missing.role }} § 1 § 12 § 'missing' is undefined",
    "{{ x.nope.more }} § 1 § 11 § 'dict' object has no attribute 'nope'",
    "a\\n{% if x %}\\n{{ y }} § 3 § 8 § the template ends where 'elif' or 'else' or 'endif' is missing",
    "{% set x = [1,\\n 2,\\n 3|nope] %} § 3 § 4 § filter 'nope' is not supported",
    "{{ 'abc }} § 1 § 4 § the text in quotes has no end", "{{ 1 ? 2 }} § 1 § 6 § unexpected '?'",
    "{{ 1 § 1 § 1 § the tag has no end", "x {# y § 1 § 3 § the comment has no end",
    "{{ (1 } }} § 1 § 7 § '}' closes nothing",
    "{% endif %} § 1 § 4 § 'endif' ends nothing here",
    "{% for x in 5 %}{% endfor %} § 1 § 4 § 'int' object is not iterable",
    "{{ raise_exception('Roles must alternate') }} § 1 § 19 § the template refuses: Roles must alternate",
    "{% macro f(a) %}{{ a.b.c }}{% endmacro %}\\r\\n{{ f({}) }} § 1 § 24 § no attribute 'b'"})
  void complaintsNameTheirPlace(String template, int line, int column, String reason) {
    String source = template.replace("\\n", "\n").replace("\\r", "\r");
    ChatTemplateException e = assertThrows(ChatTemplateException.class,
        () -> ChatTemplate.parse(source).render(Map.of("x", Map.of())));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().startsWith("chat template: line " + line + ", column " + column + ": "), e.getMessage());
    assertEquals(line, e.line());
    assertEquals(column, e.column());
  }

  @Test
  void nothingOfJavaIsSeen() {
    for (String attribute : List.of("class", "getClass", "__class__", "hashCode", "length", "bytes", "chars",
        "value")) {
      assertEquals("False", render("{{ x." + attribute + " is defined }}"));
      assertEquals("False", render("{{ 'text'['" + attribute + "'] is defined }}"));
    }
  }

  @Test
  void strangeVariablesAreRefused() {
    ChatTemplate template = ChatTemplate.parse("");
    for (Object strange : List.of(new Object(), Set.of(), 'c', new int[1], Map.of(1, 2),
        List.of(new StringBuilder()))) {
      ChatTemplateException e = assertThrows(ChatTemplateException.class, () -> template.render(Map.of("x", strange)));
      assertTrue(e.getMessage().startsWith("chat template: x"), e.getMessage());
    }
  }

  private static String render(String template) {
    return ChatTemplate.parse(template).render(Map.of("x", Map.of("a", 1)));
  }
}
