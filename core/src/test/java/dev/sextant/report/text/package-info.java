@NullMarked
package dev.sextant.report.text;

import org.jspecify.annotations.NullMarked;
