module org.example.outside {
  requires dev.sextant;
}
