package colonnade.kotlin

import colonnade.Expr
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/** What Java imports from Expr, Kotlin has by `import colonnade.kotlin.*`. */
class EveryFunctionTest {
    private val words = mapOf("when" to "whenever", "var" to "variance")

    @Test
    fun everyStaticFunctionOfExprHasItsKotlinSpelling() {
        val java =
            publicStatics(Expr::class.java).map { signature(words[it.name] ?: it.name, it) }.toSet()
        val kotlin =
            listOf("Aggregates", "Columns", "Conditions", "Orders", "Scalings")
                .flatMap { publicStatics(Class.forName("colonnade.kotlin.${it}Kt")) }
                .map { signature(it.name, it) }
                .toSet()
        assertThat(java).isNotEmpty().isSubsetOf(kotlin)
    }

    @Test
    fun everyTypeOfExprHasItsKotlinSpelling() {
        val java =
            Expr::class.java.fields
                .filter { Modifier.isStatic(it.modifiers) }
                .associate { it.name to it.get(null) }
        val kotlin =
            publicStatics(Class.forName("colonnade.kotlin.TypesKt"))
                .associate { it.name.removePrefix("get") to it.invoke(null) }
        assertThat(kotlin).isNotEmpty().isEqualTo(java)
    }

    private fun publicStatics(type: Class<*>): List<Method> =
        type.declaredMethods.filter {
            Modifier.isPublic(it.modifiers) && Modifier.isStatic(it.modifiers) && !it.isSynthetic
        }

    private fun signature(
        name: String,
        method: Method,
    ): String = name + method.parameterTypes.joinToString(prefix = "(", postfix = ")") { it.simpleName }
}
