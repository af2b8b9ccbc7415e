/**
 * The part of Jinja 2 that chat templates use, with Python's semantics: lexer, parser, evaluator. Not exported.
 *
 * <p>Values of a template are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@link None},
 * {@link Undefined}, {@code List<Object>}, {@link Tuple}, {@link Dict}, {@link Range}, {@link DictView},
 * {@link Generator}, {@link Namespace}, {@link Loop} and {@link Callable}; nothing else of Java is ever seen by one.
 */
@NullMarked
package dev.sextant.tokenizer.chat.jinja;

import org.jspecify.annotations.NullMarked;
