package colonnade.kotlin

import colonnade.DataType

// The types by the names that Java takes from Expr.

/** Signed 8-bit integer. */
public val I8: DataType = DataType.I8

/** Signed 16-bit integer. */
public val I16: DataType = DataType.I16

/** Signed 32-bit integer. */
public val I32: DataType = DataType.I32

/** Signed 64-bit integer. */
public val I64: DataType = DataType.I64

/** Unsigned 8-bit integer. */
public val U8: DataType = DataType.U8

/** Unsigned 16-bit integer. */
public val U16: DataType = DataType.U16

/** Unsigned 32-bit integer. */
public val U32: DataType = DataType.U32

/** IEEE 754 single precision. */
public val F32: DataType = DataType.F32

/** IEEE 754 double precision. */
public val F64: DataType = DataType.F64

/** True or false. */
public val BOOL: DataType = DataType.BOOL

/** Days, without a time zone. */
public val DATE: DataType = DataType.DATE

/** Microseconds, without a time zone. */
public val TIMESTAMP_MICROS: DataType = DataType.TIMESTAMP_MICROS

/** Text. */
public val UTF8: DataType = DataType.UTF8

/** Bytes of any length. */
public val BINARY: DataType = DataType.BINARY
