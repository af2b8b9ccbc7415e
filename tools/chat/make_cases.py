#!/usr/bin/env python3
"""Renders templates of our own with Python's Jinja 2, set up as the transformers library (5.24) sets it up.

Usage: pip install -r requirements.txt && python make_cases.py > ../../tokenizer/src/test/resources/chat/cases.json

Each case is a template; `expected` is what it prints, `error` that it fails, and then with what. The variables that all
of them are given stand once, under `variables`. The clock of strftime_now stands at 2025-06-05T08:04:06.000123.
"""
import copy
import datetime
import json
import sys

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.utils
from jinja2.sandbox import ImmutableSandboxedEnvironment

from snippets import EXPRESSIONS, FAILING, TEMPLATES

NOW = datetime.datetime(2025, 6, 5, 8, 4, 6, 123)

VARIABLES = {
    "t": True,
    "f": False,
    "n": None,
    "zero": 0,
    "seven": 7,
    "minus": -3,
    "half": 0.5,
    "big": 9007199254740993,
    "pi": 3.14159,
    "huge": 1e300,
    "tiny": 1e-7,
    "empty": "",
    "text": "Hello, World",
    "padded": " \t both ends \n ",
    "emoji": "a😀b👍🏽ç中",
    "quotes": "it's \"quoted\" \\ back\n\ttab\u00a0nbsp\u200bzero",
    "lines": "one\ntwo\r\nthree\n\nfive",
    "csv": "a, b,c ,,d",
    "list": [3, 1, 2],
    "words": ["banana", "Apple", "cherry", "apple"],
    "mixed": [1, "one", 1.0, True, None, [1, 2], {"a": 1}],
    "nothing": [],
    "pairs": {"b": 2, "a": 1, "C": 3},
    "none_dict": {"key": None, "items": "shadowed", "nested": {"deep": ["x", {"y": "z"}]}},
    "people": [
        {"name": "Ada", "age": 36, "address": {"city": "London"}},
        {"name": "bob", "age": 7, "address": {"city": "Paris"}},
        {"name": "Cy", "age": 36, "admin": True},
    ],
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hi {{ not }} {% evaluated %}"},
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "call00001", "type": "function",
             "function": {"name": "add", "arguments": {"x": 1, "y": 2.0, "z": "é\u2028"}}}]},
        {"role": "tool", "content": "3"},
        {"role": "assistant", "content": "Three."},
    ],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": [{"v": 3, "kids": []}]}, {"v": 4, "kids": []}]}, {"v": 5, "kids": []}],
    "bos_token": "<s>",
    "eos_token": "</s>",
    "tools": None,
}


def environment():
    class AssistantTracker(jinja2.ext.Extension):
        tags = {"generation"}

        def parse(self, parser):
            line = next(parser.stream).lineno
            body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
            return jinja2.nodes.CallBlock(self.call_method("_support"), [], [], body).set_lineno(line)

        @jinja2.pass_eval_context
        def _support(self, context, caller):
            return caller()

    class TemplateDict:
        def __call__(self, *args, **kwargs):
            return dict(*args, **kwargs)

    class TemplateNamespace(jinja2.utils.Namespace):
        def __init__(*args, **kwargs):
            self, args = args[0], args[1:]
            attrs = dict(*args, **kwargs)
            for name in attrs:
                TemplateNamespace._check_name(name)
            jinja2.utils.Namespace.__init__(self, attrs)

        def __setitem__(self, name, value):
            TemplateNamespace._check_name(name)
            jinja2.utils.Namespace.__setitem__(self, name, value)

        @staticmethod
        def _check_name(name):
            if isinstance(name, str) and name.startswith("_"):
                raise jinja2.exceptions.SecurityError(name)

    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[AssistantTracker, jinja2.ext.loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    env.globals["dict"] = TemplateDict()
    env.globals["namespace"] = TemplateNamespace
    return env


def case(env, template):
    try:
        return {"template": template, "expected": env.from_string(template).render(**copy.deepcopy(VARIABLES))}
    except Exception as e:
        return {"template": template, "error": f"{type(e).__name__}: {e}"}


def main():
    env = environment()
    cases = [case(env, "{{ " + expression + " }}") for expression in EXPRESSIONS]
    cases += [case(env, template) for template in TEMPLATES]
    failures = [case(env, template) for template in FAILING]
    surprises = [c for c in cases if "error" in c] + [c for c in failures if "expected" in c]
    for surprise in surprises:
        print(json.dumps(surprise, ensure_ascii=False), file=sys.stderr)
    lines = ",\n".join("  " + json.dumps(c) for c in cases + failures)
    print('{"made_with": "jinja2 %s",' % jinja2.__version__)
    print('"variables": %s,' % json.dumps(VARIABLES))
    print('"cases": [\n%s\n]}' % lines)
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
