/** Where messages go: to slf4j where the program has it, else to the JDK's own loggers. The one package that knows slf4j; knows
 * nothing of the project. */
package io.github.axoncl.internal.log;
