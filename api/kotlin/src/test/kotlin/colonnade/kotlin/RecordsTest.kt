package colonnade.kotlin

import colonnade.DataType.I32
import colonnade.DataType.I64
import colonnade.DataType.U16
import colonnade.MappedRecords
import colonnade.Schema
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** Packed records by index operators. */
class RecordsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun readsAndWritesFieldsByIndex() {
        val fields = Schema.of("key", I64, "time", U16, "flags", U16, "id", I32)
        MappedRecords.create(folder.resolve("r.dat"), fields, 10).use { records ->
            records[3, "id"] = 7
            records[3, "flags"] = 2.0
            records[3, "key"] = -1L
            assertThat(records[3, "id"]).isEqualTo(7.0)
            assertThat(records.getLong(3, "key")).isEqualTo(-1)
            assertThat(records.frame().filter(col("id") gt 5).count()).isEqualTo(1)
        }
    }
}
