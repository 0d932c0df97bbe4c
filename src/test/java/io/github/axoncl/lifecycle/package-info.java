/**
 * What every backend must do over its whole life, beside giving right results: close in any order and at any moment, report
 * what was forgotten, and keep nothing that it does not need. Part of the suite of {@link io.github.axoncl.contract}.
 */
package io.github.axoncl.lifecycle;
