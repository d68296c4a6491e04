package colonnade.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiTools
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The public surface changes only on purpose: it is written down in `api/kotlin/src/api`. */
class PublicApiTest {
    @Test
    fun thePublicApiIsTheOneWrittenDown() {
        val listing = Path("src/api/colonnade-kotlin.api")
        val root =
            File(
                ColumnDelegate::class.java.protectionDomain.codeSource.location
                    .toURI(),
            )
        val dump = StringBuilder()
        AbiTools.getInstance().printJvmDump(
            dump,
            root.walk().filter { it.extension == "class" }.toList(),
            AbiFilters.EMPTY,
        )
        if (System.getProperty("write.api") != null) {
            listing.writeText(dump)
        }
        assertThat(dump.toString())
            .describedAs(
                "a change on purpose is written down by: mvn -o -q -Dquick -pl api/kotlin -am test -Dwrite.api",
            ).isEqualTo(listing.readText())
    }
}
