/** Plain text for terminals: tables, bars, paragraphs, and signs for what cannot be seen. */
@NullMarked
package dev.sextant.report.text;

import org.jspecify.annotations.NullMarked;
