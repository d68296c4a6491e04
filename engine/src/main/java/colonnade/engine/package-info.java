/** Everything that touches bytes: plans, execution, kernels and the store. JDK only. */
package colonnade.engine;
