/** The demo: the main job, step by step, with its costs, and a page that shows the result. */
package colonnade.cli.demo;
