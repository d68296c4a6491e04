"""numpy.memmap as a contestant: one command a line, fields apart by tabs; each answered by one line. SidePeer.java is the other end."""
import sys
import time
import zlib

try:
    import numpy as np
except ImportError as e:
    print("error\t%s" % e)
    sys.exit(1)

MODULUS = 65521
tables = {}


def number(value):
    if value is None:
        return 0.0
    if isinstance(value, str):
        return float(zlib.crc32(value.encode()))
    return float(value)


def load(name, directory, columns):
    types = {"f64": "<f8", "i64": "<i8", "i32": "<i4"}
    pairs = [column.split(":") for column in columns.split(",")]
    tables[name] = {n: np.memmap("%s/%s.%s" % (directory, n, t), dtype=types[t], mode="r") for n, t in pairs}
    return [len(pairs)]


def check(name, keys, large, code):
    rows = eval(code)(tables[name])
    nulls = 0
    sums = [0.0] * (len(rows[0]) if rows else 0)
    weighted = list(sums)
    for row in rows:
        weight = 0.0
        for c, value in enumerate(row):
            missing = value is None or value != value
            nulls += missing
            n = 0.0 if missing else number(value)
            sums[c] += n
            if c < int(keys):
                weight = (weight * 31 + n % MODULUS) % MODULUS
            else:
                weighted[c] += n * weight / MODULUS
    return [len(rows), nulls, ",".join(map(repr, sums)), ",".join(map(repr, weighted))]


def run(name, keys, large, code):
    start = time.perf_counter_ns()
    eval(code)(tables[name])
    return [time.perf_counter_ns() - start]


def pieces(table, rows=65536):
    """The table's columns, some rows at a time, so that the intermediate arrays stay in the cache."""
    size = len(next(iter(table.values())))
    for start in range(0, size, rows):
        yield {name: column[start : start + rows] for name, column in table.items()}


def normalize(name, column, target):
    start = time.perf_counter_ns()
    source = tables[name][column]
    mean, std = source.mean(), source.std()
    result = np.memmap(target, dtype="<f8", mode="w+", shape=source.shape)
    for at in range(0, len(source), 1 << 20):
        result[at : at + (1 << 20)] = (source[at : at + (1 << 20)] - mean) / std
    result.flush()
    return [time.perf_counter_ns() - start, float(result.std())]


verbs = {"load": load, "check": check, "run": run, "normalize": normalize}
print("ok\tnumpy %s (memmap)" % np.__version__, flush=True)
for line in sys.stdin:
    verb, *fields = line.rstrip("\n").split("\t")
    try:
        print("\t".join(["ok"] + [str(field) for field in verbs[verb](*fields)]), flush=True)
    except Exception as e:
        print("error\t%s" % str(e).split("\n")[0], flush=True)
