/** A small fully connected network and the digits that it learns. */
package io.github.axoncl.bench.shared.network;
