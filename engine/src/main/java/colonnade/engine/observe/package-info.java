/** What can be seen of running work: progress, and the ledger of what was written. */
package colonnade.engine.observe;
