/** Conversations to prompts, with the model's own chat template. */
@NullMarked
package dev.sextant.tokenizer.chat;

import org.jspecify.annotations.NullMarked;
