package dev.sextant.tokenizer.chat.jinja;

/** A filter, test or method: something done to a value. */
@FunctionalInterface
interface Operation<T> {
  Object apply(T value, CallArguments arguments, Rendering rendering);
}
