/** JMH benchmarks, one class per question. */
package dev.sextant.benchmarks;
