package dev.sextant.tokenizer.chat.jinja;

/** Python's None. */
enum None { NONE }
