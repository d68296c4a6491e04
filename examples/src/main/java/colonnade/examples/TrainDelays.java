package colonnade.examples;

import static colonnade.Expr.*;

import colonnade.*;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A pipeline: extract features from flights, normalise them, train a model by epochs. Each step
 * streams a mapped table into the next; memory does not grow with the rows. The model is a logistic
 * regression for "more than 15 minutes late", trained by gradient descent over 512 rows at a time.
 * Arguments: a Parquet file of flights, a folder for the tables. The same as {@code TrainDelays.kt}
 * and {@code train-delays.jsh}.
 */
public final class TrainDelays {
  private static final String[] FEATURES = {"hour", "weekday", "miles"};
  private static final int EPOCHS = 5;
  private static final int STEP_ROWS = 512;
  private static final double RATE = 0.1;

  private final double[] weights = new double[FEATURES.length + 1]; // the last is the bias
  private final double[] gradient = new double[FEATURES.length + 1];
  private int rowsInStep;
  private double loss;
  private long rows;

  private TrainDelays() {}

  /** Runs it; the last line printed is the answer. */
  public static void main(String[] args) {
    Path data = Path.of(args[0]);
    Path folder = Path.of(args[1]);

    // Extract: the label and three numbers of each flight, as mapped columns of their own.
    try (Table features =
            Parquet.read(data)
                .limit(200_000)
                .filter(col("delay").between(-60, 600))
                .select(
                    col("delay").gt(15).cast(F64).as("late"),
                    col("date").hour().cast(F64).as("hour"),
                    col("date").dayOfWeek().cast(F64).as("weekday"),
                    col("distance").cast(F64).as("miles"))
                .writeTo(folder.resolve("features"), Mode.CREATE);

        // Normalise: two passes over the features, one to fit and one to write.
        Table scaled =
            features
                .map("hour", col("hour").normalize(zScore()))
                .map("weekday", col("weekday").normalize(minMax(-1, 1)))
                .map("miles", col("miles").normalize(robust()))
                .writeTo(folder.resolve("scaled"), Mode.CREATE)) {
      scaled.show(3);

      // Train: each epoch streams the scaled columns once more.
      var model = new TrainDelays();
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        model.startEpoch();
        scaled.forEachBatch(model::train);
        System.out.printf(Locale.ROOT, "epoch %d: log loss %.6f%n", epoch, model.loss / model.rows);
      }
      System.out.println(
          "answer: " + model.rows + " flights, weights " + Arrays.toString(model.weights));
    }
  }

  private void startEpoch() {
    loss = 0;
    rows = 0;
  }

  private void train(Batch batch) {
    double[] late = batch.f64s("late");
    double[][] x = Arrays.stream(FEATURES).map(batch::f64s).toArray(double[][]::new);
    for (int row = 0; row < late.length; row++) {
      double score = weights[FEATURES.length];
      for (int f = 0; f < FEATURES.length; f++) {
        score += weights[f] * x[f][row];
      }
      double probability = 1 / (1 + StrictMath.exp(-score));
      loss -= StrictMath.log(late[row] == 1 ? probability : 1 - probability);
      double error = probability - late[row];
      for (int f = 0; f < FEATURES.length; f++) {
        gradient[f] += error * x[f][row];
      }
      gradient[FEATURES.length] += error;
      rows++;
      if (++rowsInStep
          == STEP_ROWS) { // steps go across batches, so they do not depend on their size
        step();
      }
    }
  }

  private void step() {
    for (int f = 0; f < weights.length; f++) {
      weights[f] -= RATE * gradient[f] / STEP_ROWS;
      gradient[f] = 0;
    }
    rowsInStep = 0;
  }
}
