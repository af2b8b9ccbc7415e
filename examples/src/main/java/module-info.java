/** A command line, and samples to start from. */
module dev.sextant.examples {
  requires dev.sextant;
  requires dev.sextant.safetensors;
  requires info.picocli;
  requires static org.jspecify;

  opens dev.sextant.examples.cli to info.picocli;
}
