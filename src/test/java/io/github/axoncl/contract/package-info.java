/**
 * What every backend must do. One suite: each JVM runs it on the backend that the system property {@code axoncl.test.backend}
 * names, see {@link io.github.axoncl.contract.BackendUnderTest}; the Surefire executions in pom.xml set the property and the
 * environment that goes with it.
 */
package io.github.axoncl.contract;
