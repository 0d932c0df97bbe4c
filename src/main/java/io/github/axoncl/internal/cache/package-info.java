/** Small text files in the user's cache directory: what was measured once and need not be measured again. Knows neither the
 * rest of the library nor what is kept. */
package io.github.axoncl.internal.cache;
