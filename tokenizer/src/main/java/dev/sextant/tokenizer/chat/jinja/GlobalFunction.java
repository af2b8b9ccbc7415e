package dev.sextant.tokenizer.chat.jinja;

/** A function that every template can call. */
record GlobalFunction(String name, Operation<String> operation) implements Callable {
  @Override
  public Object call(CallArguments arguments, Rendering rendering) {
    return operation.apply(name, arguments, rendering);
  }

  @Override
  public String typeName() {
    return "function";
  }
}
