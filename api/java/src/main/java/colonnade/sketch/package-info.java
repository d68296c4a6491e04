/**
 * Approximate counts by a library, which the engine finds as a service. Not to be named by users.
 */
package colonnade.sketch;
