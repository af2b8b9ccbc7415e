/** Byte-pair encoding as {@code tokenizer.json} describes it. */
module dev.sextant.tokenizer {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports dev.sextant.tokenizer;
}
