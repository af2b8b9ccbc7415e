/** Runs a language model and shows its work. */
module dev.sextant {
  requires dev.sextant.safetensors;
  requires transitive dev.sextant.tokenizer;
  requires com.fasterxml.jackson.core;
  requires jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports dev.sextant;
  exports dev.sextant.decode;
  exports dev.sextant.explain;
  exports dev.sextant.report;
  exports dev.sextant.report.text;
  exports dev.sextant.trace;
}
