package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Locale;

/** What a dict's keys(), values() and items() give: can be walked, measured and printed, but not indexed. */
record DictView(Kind kind, Dict dict) {
  enum Kind {
    KEYS, VALUES, ITEMS
  }

  List<Object> list() {
    return switch (kind) {
      case KEYS -> dict.keys();
      case VALUES -> dict.entries().stream().map(Dict.Entry::value).toList();
      case ITEMS -> dict.entries().stream().map(entry -> (Object) entry.tuple()).toList();
    };
  }

  String typeName() {
    return "dict_" + kind.name().toLowerCase(Locale.ROOT);
  }
}
