/** Byte-pair encoding as {@code tokenizer.json} describes it, and chat templates. */
module dev.sextant.tokenizer {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports dev.sextant.tokenizer;
  exports dev.sextant.tokenizer.chat;
}
