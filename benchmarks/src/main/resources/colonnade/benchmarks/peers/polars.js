// Polars as a contestant: one command a line, fields apart by tabs; each answered by one line. SidePeer.java is the other end.
const fs = require("fs");
let pl;
try {
  pl = require("nodejs-polars");
} catch (e) {
  console.log("error\t" + String(e.message).split("\n")[0]);
  process.exit(1);
}
const MODULUS = 65521;
const tables = {};

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc(text) {
  let c = 0xffffffff;
  for (const byte of Buffer.from(text, "utf8")) c = crcTable[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function number(value) {
  switch (typeof value) {
    case "number": return value;
    case "bigint": return Number(value);
    case "boolean": return value ? 1 : 0;
    case "string": return crc(value);
    default: return value instanceof Date ? value.getTime() / 1000 : 0;
  }
}

function fingerprint(frame, keys, large) {
  if (large.length > 0) {
    const sums = large.map((column) => Number(frame.getColumn(column).cast(pl.Float64).sum()));
    return [frame.height, 0, sums.join(","), sums.map(() => 0).join(",")];
  }
  let nulls = 0;
  const sums = frame.columns.map(() => 0);
  const weighted = frame.columns.map(() => 0);
  for (const row of frame.rows()) {
    let weight = 0;
    row.forEach((value, c) => {
      const missing = value === null || value === undefined || Number.isNaN(value);
      if (missing) nulls++;
      const n = missing ? 0 : number(value);
      sums[c] += n;
      if (c < keys) weight = (weight * 31 + (((n % MODULUS) + MODULUS) % MODULUS)) % MODULUS;
      else weighted[c] += (n * weight) / MODULUS;
    });
  }
  return [frame.height, nulls, sums.join(","), weighted.join(",")];
}

const verbs = {
  load(name, path) {
    tables[name] = pl.scanParquet(path).collectSync();
    return [tables[name].height];
  },
  check(name, keys, large, code) {
    const frame = eval(code)(tables[name].lazy()).collectSync();
    return fingerprint(frame, Number(keys), large ? large.split(",") : []);
  },
  run(name, keys, large, code) {
    const start = process.hrtime.bigint();
    eval(code)(tables[name].lazy()).collectSync();
    return [process.hrtime.bigint() - start];
  },
  csv(path) {
    const start = process.hrtime.bigint();
    const frame = pl.readCSV(path);
    return [process.hrtime.bigint() - start, frame.height, frame.getColumn("v3").sum()];
  },
  parquet(path) {
    const start = process.hrtime.bigint();
    const frame = pl.scanParquet(path).collectSync();
    return [process.hrtime.bigint() - start, frame.height, frame.getColumn("v3").sum()];
  },
};

console.log("ok\tPolars through nodejs-polars " + require("nodejs-polars/package.json").version);
require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [verb, ...fields] = line.split("\t");
    try {
      console.log(["ok", ...verbs[verb](...fields)].join("\t"));
    } catch (e) {
      console.log("error\t" + String(e && e.message ? e.message : e).split("\n")[0]);
    }
  });
