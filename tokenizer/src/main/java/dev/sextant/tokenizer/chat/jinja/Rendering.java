package dev.sextant.tokenizer.chat.jinja;

import java.time.Clock;

/** What one rendering shares. */
record Rendering(Source source, Budget budget, Clock clock) {}
