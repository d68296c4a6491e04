/**
 * The batch loops written with the Vector API, for vectors of 128 bits and more. The only package
 * that imports the incubator module; it is reached by name, so that nothing else needs the module.
 */
package colonnade.engine.kernel.simd;
