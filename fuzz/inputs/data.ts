/** The readers of training sets, JSON, numbers and networks. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { decodeNetwork, encodeNetwork, NetworkJsonError, type NetworkJson } from "../../certificates/network-json.js";
import { InputError } from "../../inputs/input-error.js";
import { readExamples, readQueries } from "../../inputs/examples/read-examples.js";
import { parseJsonText } from "../../inputs/tables/json-text.js";
import { formatRational, parseRational } from "../../spec/exact/rational.js";
import { projectFiles, seedsOf } from "../seeds.js";
import { assertHolds, readerTarget, refusal, type Target } from "../target.js";
import { textOf } from "../text.js";

const signs = fc.array(fc.constantFrom(1, -1), { minLength: 1, maxLength: 5 });
const csvText = fc
  .tuple(fc.array(signs, { minLength: 1, maxLength: 6 }), fc.boolean(), fc.constantFrom(",", ", ", ";", "\t"))
  .map(
    ([lines, header, comma]) => `${header ? `a${comma}b\n` : ""}${lines.map((line) => line.join(comma)).join("\n")}\n`,
  );
/** Lines of one length. */
const examplesText = fc
  .integer({ min: 2, max: 5 })
  .chain((length) => {
    const line = fc.array(fc.constantFrom(1, -1), { minLength: length, maxLength: length });
    return fc.array(line, { minLength: 1, maxLength: 6 });
  })
  .map((lines) => `${lines.map((line) => line.join(",")).join("\n")}\n`);
const CSV_WORDS = ["1", "-1", "0", "+1", ",", '"1"', '""', "\n", "\r\n", "x1,x2,label\n", "1,-1,1\n"];

const csv = readerTarget(
  {
    name: "csv",
    seeds: () => [...projectFiles("examples", ".csv"), ...seedsOf("x1,x2,y\n1,0,1\n0,0,1\n", '\ufeff"1",-1\r\n1,1')()],
    documents: fc.oneof(csvText, examplesText),
    words: CSV_WORDS,
  },
  (text) => readExamples(text, "fuzzed.csv"),
  (examples, text) => {
    const d = examples[0]?.x.length ?? 0;
    assertHolds(
      examples.every(({ x, y }) => x.length === d && [...x, y].every((sign) => sign === 1 || sign === -1)),
      "a sign is none, or a line has another length",
    );
    const printed = examples.map(({ x, y }) => [...x, y].join(",")).join("\n");
    assertHolds(isDeepStrictEqual(readExamples(printed, "again.csv"), examples), "what is printed is read otherwise");
    const queries = readQueries(text, "fuzzed.csv", d);
    assertHolds(queries.length === examples.length, "points and examples of one file differ in number");
    return `read, d = ${Math.min(d, 9)}`;
  },
);

const queries = readerTarget(
  { name: "csv-points", seeds: seedsOf("1,-1\n-1,-1\n", "a,b,c\n1,0,1\n"), documents: csvText, words: CSV_WORDS },
  (text) => readQueries(text, "fuzzed.csv", 2),
  (points) => {
    assertHolds(
      points.every(({ x }) => x.length === 2),
      "a point has another length",
    );
    return "read";
  },
);

/** Objects in arrays in objects, as files of data have them. */
const DEEP_TEXT = '{"format":"weightproof-table","points":[{"at":["0","1/2"],"jacobian":[["0","-3/7"]]}]}';

/** Our walk over JSON and the engine's parser must agree, but for keys that stand twice and for depth. */
const json: Target = {
  name: "json",
  seeds: () => [...seedsOf(DEEP_TEXT, '{"a":[1,-2.5e3,"\\u00e9\\n",true,null],"b":{}}', "[[[[]]]]")()],
  documents: fc.json({ maxDepth: 6 }),
  words: ['{"a":', '"\\ud800"', "1e5", "-0", "true", "\\u0000", '"__proto__":'],
  run(input) {
    const text = textOf(input);
    let expected: { value: unknown } | undefined;
    try {
      expected = { value: JSON.parse(text) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    try {
      const value = parseJsonText(text);
      assertHolds(expected !== undefined && isDeepStrictEqual(value, expected.value), "JSON.parse reads otherwise");
      return "read";
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isOurs = /expected each key once|arrays and objects around a value/.test(error.message);
      assertHolds(expected === undefined || isOurs, `JSON.parse reads it: ${error.message}`);
      return refusal(error);
    }
  },
};

const rationals = readerTarget(
  {
    name: "rational",
    seeds: seedsOf("0", "-1", "1/2", "-22/7", "123456789012345678901234567890/7"),
    words: ["/", "-", "+", "1", "9", "0"],
  },
  (text) => {
    try {
      return parseRational(text);
    } catch (error) {
      // The text stands in the message as it is; whoever shows it shortens it.
      if (error instanceof RangeError) throw new RangeError(error.message.split(", got ", 1)[0]);
      throw error;
    }
  },
  (value, text) => {
    assertHolds(formatRational(value) === text, "a number has two spellings");
    return "read";
  },
  [RangeError],
);

const SMALL_NETWORK: NetworkJson = {
  format: "weightproof-network",
  version: 1,
  layers: [
    { name: "V1", inputs: 2, relu: true, rows: [["1/2", [0, "1"], [1, "-3"]], ["0"]] },
    { name: "V2", inputs: 2, relu: false, rows: [["-1", [1, "7/3"]]] },
  ],
};

const networks = readerTarget(
  {
    name: "network",
    seeds: seedsOf(JSON.stringify(SMALL_NETWORK)),
    words: ['"layers"', '[0,"1"]', '["0"]', '"inputs":1', "true", '"rows"', '"0"', "null", "{}", "[]"],
  },
  (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new NetworkJsonError("not-an-object", "", "not JSON");
    }
    return decodeNetwork(value);
  },
  (network, text) => {
    assertHolds(isDeepStrictEqual(encodeNetwork(network), JSON.parse(text)), "a network has two forms");
    return `read, ${network.layers.length} layers`;
  },
  [NetworkJsonError],
);

/** The readers of everything that is not a machine or a certificate. */
export const DATA_TARGETS: readonly Target[] = [csv, queries, json, rationals, networks];
