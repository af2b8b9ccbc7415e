package dev.sextant.tokenizer.chat.jinja;

/** A value that can be called: a function of the environment, a method, a macro, a recursive loop. */
interface Callable {
  Object call(CallArguments arguments, Rendering rendering);

  /** What Python calls its type, for messages. */
  String typeName();
}
