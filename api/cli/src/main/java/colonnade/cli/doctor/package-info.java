/** What {@code colonnade doctor} looks at, and what it says. */
@NullMarked
package colonnade.cli.doctor;

import org.jspecify.annotations.NullMarked;
