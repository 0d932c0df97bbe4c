/** Small text files in the user's cache directory: what was measured once and need not be measured again. Of the
 * library it knows the log alone, and not what is kept. */
package io.github.axoncl.internal.cache;
