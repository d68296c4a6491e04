/** The Java API: tables, frames, expressions. */
package colonnade;
