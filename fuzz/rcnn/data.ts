/** Data of this paper: tables of Lemma 5, lists of certificates, states of the search of Corollary 2. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { finiteTable } from "../../arbitraries/tables.js";
import { printState, readState, SearchStateError } from "../../audit/rcnn/search/state-file.js";
import { checkTable } from "../../checkers/networks/check-table.js";
import { synthesize } from "../../construction/rcnn/lemma5/synthesize.js";
import { InputError } from "../../inputs/input-error.js";
import { readTable } from "../../inputs/tables/read-table.js";
import { writeTable } from "../../inputs/tables/write-table.js";
import type { Table } from "../../spec/networks/table.js";
import { listCertificates, MANIFEST } from "../../systems/rcnn/regenerate.js";
import { projectFile, seedsOf } from "../seeds.js";
import { assertHolds, readerTarget, refusal, type Target } from "../target.js";

/** Tables whose network is built, too. */
const SMALL_TABLE = 24;

const TABLE: Table = { inputs: 1, outputs: 1, points: [] };
const point = '{"at":["0","1/2"],"value":["1"],"jacobian":[["0","-3/7"]]}';
const TABLE_TEXT = `{"format":"weightproof-table","version":1,"inputs":2,"outputs":1,"points":[${point}]}`;

const tables = readerTarget(
  {
    name: "table",
    seeds: () => [
      ...seedsOf(TABLE_TEXT, TABLE_TEXT.replace(point, `${point},${point.replace("1/2", "3")}`), writeTable(TABLE))(),
    ],
    documents: finiteTable().map(writeTable),
    words: ['"at"', '"value"', '"jacobian"', '["0"]', '"1/3"', '"-7"', point, "{}", "[]", "null", "1e0", '"points"'],
    timeLimit: 20_000,
  },
  readTable,
  (table) => {
    const text = writeTable(table);
    assertHolds(isDeepStrictEqual(readTable(text), table), "what is written is read otherwise");
    const { inputs, outputs, points } = table;
    if (points.length * inputs * outputs > SMALL_TABLE) return "read";
    const verdict = checkTable(synthesize(text).network, table);
    assertHolds(verdict.verdict !== "rejected", `the network is not the table's: ${JSON.stringify(verdict)}`);
    return `read, ${verdict.verdict}`;
  },
);

/** certificates.yaml in a folder of its own. */
const manifest: Target = {
  name: "manifest",
  seeds: () => [
    projectFile("certificates", MANIFEST),
    ...seedsOf("certificates:\n  - { machine: ../a.yaml, file: a.json }\n", "certificates: []\n")(),
  ],
  words: ["certificates:", "machine:", "alphabet: full", "file: a.json", "- {", "}", "../x.yaml", "well-formed"],
  shortRun: 100,
  run(input) {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-fuzz-"));
    try {
      writeFileSync(join(folder, MANIFEST), input);
      return `read, ${listCertificates(folder).length} certificates`;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return refusal(new InputError(error.message.replace(folder, "")));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const search = readerTarget(
  {
    name: "search-state",
    seeds: () => [
      projectFile("audit", "rcnn", "search", "one-state.json"),
      ...seedsOf(
        '{\n  "format": "weightproof-search",\n  "version": 1,\n  "class": "one-state",\n  "shard": 1,\n' +
          '  "shards": 2,\n  "done": 0,\n  "predictions": [\n\n  ]\n}\n',
      )(),
    ],
    words: ['"class"', '"done": 1', '"shards": 100000', '["+-", 1, 0]', "1e300", "{}", "[]", "null"],
    shortRun: 60,
  },
  readState,
  (state) => {
    const printed = printState(state);
    assertHolds(printState(readState(printed)) === printed, "what is written is read otherwise");
    return "read";
  },
  [SearchStateError],
);

/** The readers of tables, manifests and searches. */
export const DATA_TARGETS: readonly Target[] = [tables, manifest, search];
