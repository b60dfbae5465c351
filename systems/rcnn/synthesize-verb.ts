/** weightproof synthesize TABLE.json */
import { printJson as jsonText } from "../../certificates/canonical.js";
import { encodeNetwork } from "../../certificates/network-json.js";
import { checkDimensions, checkWeightSets } from "../../checkers/rcnn/check-lemma5.js";
import { checkTable } from "../../checkers/networks/check-table.js";
import { readTextFile } from "../../inputs/read-text-file.js";
import { InputError } from "../../inputs/input-error.js";
import { TABLE_LIMITS } from "../../inputs/tables/read-table.js";
import { synthesize, type Synthesis } from "../../construction/rcnn/lemma5/synthesize.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Io } from "../system.js";
import { grouped, labelled, printFailure, printJson } from "../print-verdict.js";
import { isAccepted } from "../../checkers/verdict.js";

/** The options of synthesize. */
export interface SynthesizeOptions {
  readonly out?: string;
}

/** Builds the network of Lemma 5 for a table, checks it and prints what it is. @throws {InputError} */
export function synthesizeVerb(io: Io, path: string, options: SynthesizeOptions): ExitCode {
  const text = readTextFile(path, TABLE_LIMITS.text);
  let synthesis: Synthesis;
  try {
    synthesis = synthesize(text);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
  const { network, table, report } = synthesis;
  const values = checkTable(network, table);
  if (!isAccepted(values)) return printFailure(io, values, path);
  const dimensions = checkDimensions(network, table);
  if (!isAccepted(dimensions)) return printFailure(io, dimensions, path);
  const weights = checkWeightSets(network, table);
  if (!isAccepted(weights)) return printFailure(io, weights, path);

  const document = encodeNetwork(network);
  if (options.out !== undefined) io.save(options.out, jsonText(document));
  if (options.out === "-") return EXIT.accepted;
  if (io.json) {
    printJson(io, { verdict: "accepted", counts: values.result, report, network: document, out: options.out ?? null });
    return EXIT.accepted;
  }
  const { built, printed } = report.dimensions;
  const sets = report.weightSets.map(({ set, actual, bound }) => `${set} ${actual} of ${bound}`).join(", ");
  io.print(`accepted: ${path}\n`);
  io.print(
    labelled([
      [
        "table",
        `${report.points} points, ${report.inputs} inputs, ${report.outputs} outputs; Delta = ${report.halfWidth}`,
      ],
      [
        "network",
        `${report.inputs} - ${built.d1} - ${built.bumps} - ${built.d2} - ${built.thresholds} - ${report.outputs}, ${grouped(report.entries)} weights`,
      ],
      [
        "values",
        `${grouped(values.result.values)} values and ${grouped(values.result.derivatives)} derivatives equal the table's`,
      ],
      ["dimensions", `d1 = ${built.d1} of at most ${printed.d1}, d2 = ${built.d2} of at most ${printed.d2} (Lemma 5)`],
      ["weights", `distinct: ${sets} (Lemma 6, Corollary 3)`],
    ]),
  );
  io.print(options.out === undefined ? "  add --out FILE for the network\n" : `  written to ${options.out}\n`);
  return EXIT.accepted;
}
