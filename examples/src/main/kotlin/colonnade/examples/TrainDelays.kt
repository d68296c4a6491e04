package colonnade.examples

import colonnade.*
import colonnade.kotlin.*
import java.nio.file.Path
import java.util.Locale

private val features = listOf("hour", "weekday", "miles")
private const val EPOCHS = 5
private const val STEP_ROWS = 512
private const val RATE = 0.1

/**
 * A pipeline: extract features from flights, normalise them, train a model by epochs. Each step streams a mapped table into
 * the next; memory does not grow with the rows. The model is a logistic regression for "more than 15 minutes late", trained
 * by gradient descent over 512 rows at a time. Arguments: a Parquet file of flights, a folder for the tables. The same as
 * `TrainDelays.java` and `train-delays.jsh`.
 */
suspend fun main(args: Array<String>) {
    val (data, folder) = args.map(Path::of)
    val date by column()
    val delay by column()
    val distance by column()
    val hour by column()
    val weekday by column()
    val miles by column()

    // Extract: the label and three numbers of each flight, as mapped columns of their own.
    val extracted =
        Parquet
            .read(data)
            .limit(200_000)
            .filter(delay within -60..600)
            .select(
                (delay gt 15).cast(F64) named "late",
                date.hour().cast(F64) named "hour",
                date.dayOfWeek().cast(F64) named "weekday",
                distance.cast(F64) named "miles",
            ).await { writeTo(folder.resolve("features"), Mode.CREATE) }

    extracted.use {
        // Normalise: two passes over the features, one to fit and one to write.
        val scaled =
            extracted
                .map("hour", hour.normalize(zScore()))
                .map("weekday", weekday.normalize(minMax(-1.0, 1.0)))
                .map("miles", miles.normalize(robust()))
                .await { writeTo(folder.resolve("scaled"), Mode.CREATE) }
        scaled.use {
            scaled.show(3)

            // Train: each epoch streams the scaled columns once more; the flow waits for the model.
            val model = LogisticRegression()
            for (epoch in 1..EPOCHS) {
                model.startEpoch()
                scaled.batches().collect(model::train)
                println("epoch %d: log loss %.6f".format(Locale.ROOT, epoch, model.loss / model.rows))
            }
            println("answer: ${model.rows} flights, weights ${model.weights.contentToString()}")
        }
    }
}

private class LogisticRegression {
    val weights = DoubleArray(features.size + 1) // the last is the bias
    var loss = 0.0
    var rows = 0L
    private val gradient = DoubleArray(features.size + 1)
    private var rowsInStep = 0

    fun startEpoch() {
        loss = 0.0
        rows = 0
    }

    fun train(batch: Batch) {
        val late = batch.f64s("late")
        val x = features.map(batch::f64s)
        for (row in late.indices) {
            var score = weights[features.size]
            for (f in features.indices) {
                score += weights[f] * x[f][row]
            }
            val probability = 1 / (1 + StrictMath.exp(-score))
            loss -= StrictMath.log(if (late[row] == 1.0) probability else 1 - probability)
            val error = probability - late[row]
            for (f in features.indices) {
                gradient[f] += error * x[f][row]
            }
            gradient[features.size] += error
            rows++
            if (++rowsInStep == STEP_ROWS) { // steps go across batches, so they do not depend on their size
                step()
            }
        }
    }

    private fun step() {
        for (f in weights.indices) {
            weights[f] -= RATE * gradient[f] / STEP_ROWS
            gradient[f] = 0.0
        }
        rowsInStep = 0
    }
}
