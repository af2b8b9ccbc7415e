@NullMarked
package dev.sextant.report;

import org.jspecify.annotations.NullMarked;
