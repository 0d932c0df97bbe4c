/** What both kinds of device buffers share: when their memory is given back, and the report of those that were forgotten. Knows
 * the public package only. */
package io.github.axoncl.internal.memory;
