/** Reads and writes the safetensors format over mapped files. */
module dev.sextant.safetensors {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports dev.sextant.safetensors;
}
