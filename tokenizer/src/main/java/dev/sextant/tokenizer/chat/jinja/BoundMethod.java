package dev.sextant.tokenizer.chat.jinja;

/** A method together with the value it belongs to. */
record BoundMethod<T>(String name, T self, Operation<T> operation) implements Callable {
  @Override
  public Object call(CallArguments arguments, Rendering rendering) {
    return operation.apply(self, arguments, rendering);
  }

  @Override
  public String typeName() {
    return "builtin_function_or_method";
  }
}
