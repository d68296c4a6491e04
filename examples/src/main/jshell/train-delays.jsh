// A pipeline: extract features from flights, normalise them, train a model by epochs. Each step streams a mapped table into
// the next; memory does not grow with the rows. The model is a logistic regression for "more than 15 minutes late", trained
// by gradient descent over 512 rows at a time. Arguments: a Parquet file of flights, a folder for the tables. The same as
// TrainDelays.java and TrainDelays.kt.
//   colonnade run train-delays.jsh examples/data/flights-3m.parquet target/train
// Every line is complete in itself, so that plain jshell, which reads files line by line, takes it too.

var data = Path.of(args.length > 0 ? args[0] : "examples/data/flights-3m.parquet");
var folder = Path.of(args.length > 1 ? args[1] : "target/train-delays");

// Extract: the label and three numbers of each flight, as mapped columns of their own.
var flights = Parquet.read(data).limit(200_000).filter(col("delay").between(-60, 600));
var extracted = flights.select(
    col("delay").gt(15).cast(F64).as("late"),
    col("date").hour().cast(F64).as("hour"),
    col("date").dayOfWeek().cast(F64).as("weekday"),
    col("distance").cast(F64).as("miles"));
var features = extracted.writeTo(folder.resolve("features"), Mode.CREATE);

// Normalise: two passes over the features, one to fit and one to write.
var normalised = features.map("hour", col("hour").normalize(zScore()));
normalised = normalised.map("weekday", col("weekday").normalize(minMax(-1, 1)));
normalised = normalised.map("miles", col("miles").normalize(robust()));
var scaled = normalised.writeTo(folder.resolve("scaled"), Mode.CREATE);
scaled.show(3);

// Train: each epoch streams the scaled columns once more.
String[] names = {"hour", "weekday", "miles"};
var weights = new double[names.length + 1]; // the last is the bias
var gradient = new double[names.length + 1];
int rowsInStep = 0;
double loss = 0;
long rows = 0;

void step() {
  for (int f = 0; f < weights.length; f++) {
    weights[f] -= 0.1 * gradient[f] / 512;
    gradient[f] = 0;
  }
  rowsInStep = 0;
}

void train(Batch batch) {
  double[] late = batch.f64s("late");
  double[][] x = Arrays.stream(names).map(batch::f64s).toArray(double[][]::new);
  for (int row = 0; row < late.length; row++) {
    double score = weights[names.length];
    for (int f = 0; f < names.length; f++) {
      score += weights[f] * x[f][row];
    }
    double probability = 1 / (1 + StrictMath.exp(-score));
    loss -= StrictMath.log(late[row] == 1 ? probability : 1 - probability);
    double error = probability - late[row];
    for (int f = 0; f < names.length; f++) {
      gradient[f] += error * x[f][row];
    }
    gradient[names.length] += error;
    rows++;
    if (++rowsInStep == 512) { // steps go across batches, so they do not depend on their size
      step();
    }
  }
}

for (int epoch = 1; epoch <= 5; epoch++) {
  loss = 0;
  rows = 0;
  scaled.forEachBatch(batch -> train(batch));
  System.out.println(String.format(Locale.ROOT, "epoch %d: log loss %.6f", epoch, loss / rows));
}
System.out.println("answer: " + rows + " flights, weights " + Arrays.toString(weights));
scaled.close();
features.close();
/exit
