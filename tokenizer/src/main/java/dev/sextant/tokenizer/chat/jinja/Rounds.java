package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;

/**
 * What a loop walks.
 *
 * @param length how many items there are; -1 if only walking them tells
 */
record Rounds(Iterator<Object> items, int length) {}
