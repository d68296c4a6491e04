/** Runs jshell scripts, with exit codes and line numbers. */
@NullMarked
package colonnade.cli.jsh;

import org.jspecify.annotations.NullMarked;
