package dev.sextant.tokenizer.chat.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions that every template can call. */
final class Globals {
  static final Map<String, GlobalFunction> ALL = Stream.of(new GlobalFunction("raise_exception", Globals::raise),
      new GlobalFunction("strftime_now", Globals::now), new GlobalFunction("namespace", Globals::namespace),
      new GlobalFunction("range", Globals::range), new GlobalFunction("dict", Globals::dict)).collect(
          Collectors.toUnmodifiableMap(GlobalFunction::name, function -> function));

  private Globals() {}

  private static Object raise(String name, CallArguments arguments, Rendering rendering) {
    Object message = arguments.bind(name, "message").get(0);
    throw new Failure("the template refuses: " + Printer.text(message, rendering.budget()));
  }

  private static Object now(String name, CallArguments arguments, Rendering rendering) {
    return Strftime.format(arguments.bind(name, "format").text(0), LocalDateTime.now(rendering.clock()));
  }

  private static Object namespace(String name, CallArguments arguments, Rendering rendering) {
    Namespace namespace = new Namespace();
    for (Dict.Entry entry : ((Dict) dict(name, arguments, rendering)).entries()) {
      if (!(entry.key() instanceof String attribute)) {
        throw new Failure("the attributes of a namespace must be named by texts");
      }
      namespace.put(attribute, entry.value());
    }
    return namespace;
  }

  private static Object range(String name, CallArguments arguments, Rendering rendering) {
    if (arguments.positional().size() == 1) {
      return new Range(0, arguments.bind(name, "stop").integer(0), 1);
    }
    Bound bound = arguments.bind(name, "start", "stop", "step");
    return new Range(bound.integer(0), bound.integer(1), bound.integer(2, 1));
  }

  private static Object dict(String name, CallArguments arguments, Rendering rendering) {
    Dict dict = new Dict();
    if (arguments.positional().size() > 1) {
      throw new Failure(name + "() takes at most one argument without a name");
    }
    for (Object source : arguments.positional()) {
      copy(source, dict, rendering.budget());
    }
    arguments.named().forEach(dict::put);
    return dict;
  }

  private static void copy(Object source, Dict target, Budget budget) {
    if (source instanceof Dict dict) {
      budget.values(dict.size());
      dict.entries().forEach(entry -> target.put(entry.key(), entry.value()));
      return;
    }
    for (Object item : Values.list(source, budget)) {
      List<Object> pair = Values.list(item, budget);
      if (pair.size() != 2) {
        throw new Failure("a dict is made of pairs, not of " + pair.size() + " values");
      }
      target.put(pair.get(0), pair.get(1));
    }
  }
}
