package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;

/** A sequence that can be walked once, has no length and is always true: what map, select, reject and others give. */
record Generator(Iterator<Object> iterator) {}
