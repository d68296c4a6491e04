package colonnade.kotlin

import java.time.LocalDate
import java.time.LocalDateTime

/**
 * A date as a constant: `day ge date("2001-03-01")`, `day within date("2001-01-01")..date("2001-01-31")`.
 *
 * @throws java.time.format.DateTimeParseException if [text] is not like `2001-03-01`
 */
public fun date(text: String): LocalDate = LocalDate.parse(text)

/**
 * A timestamp without a time zone as a constant: `at lt timestamp("2001-03-01T06:30")`.
 *
 * @throws java.time.format.DateTimeParseException if [text] is not like `2001-03-01T06:30:00.123456`
 */
public fun timestamp(text: String): LocalDateTime = LocalDateTime.parse(text)
