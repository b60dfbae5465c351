/** weightproof synthesize TABLE.json */
import { printJson } from "../../certificates/canonical.js";
import { encodeNetwork } from "../../certificates/network-json.js";
import { checkDimensions, checkWeightSets } from "../../checkers/networks/check-lemma5.js";
import { checkTable } from "../../checkers/networks/check-table.js";
import { readTextFile } from "../../construction/machines/read-text-file.js";
import { InputError } from "../../construction/machines/input-error.js";
import { TABLE_LIMITS } from "../../construction/networks/read-table.js";
import { synthesize, type Synthesis } from "../../construction/networks/synthesize.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { grouped, isAccepted, labelled, printFailure, printJsonLine } from "../print-verdict.js";
import { writeWholeFile } from "../write-file.js";

export interface SynthesizeOptions {
  readonly out?: string;
  readonly json?: boolean;
}

export function synthesizeCommand(path: string, options: SynthesizeOptions): ExitCode {
  const text = readTextFile(path, TABLE_LIMITS.text);
  let synthesis: Synthesis;
  try {
    synthesis = synthesize(text);
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
  const { network, table, report } = synthesis;
  const json = options.json === true;
  const values = checkTable(network, table);
  if (!isAccepted(values)) return printFailure(values, path, json);
  const dimensions = checkDimensions(network, table);
  if (!isAccepted(dimensions)) return printFailure(dimensions, path, json);
  const weights = checkWeightSets(network, table);
  if (!isAccepted(weights)) return printFailure(weights, path, json);

  const document = encodeNetwork(network);
  if (options.out !== undefined) writeWholeFile(options.out, printJson(document));
  if (options.out === "-") return EXIT.accepted;
  if (json) {
    printJsonLine({ verdict: "accepted", counts: values.counts, report, network: document, out: options.out ?? null });
    return EXIT.accepted;
  }
  const { built, printed } = report.dimensions;
  const sets = report.weightSets.map(({ set, actual, bound }) => `${set} ${actual} of ${bound}`).join(", ");
  process.stdout.write(`accepted: ${path}\n`);
  process.stdout.write(
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
        `${grouped(values.counts.values)} values and ${grouped(values.counts.derivatives)} derivatives equal the table's`,
      ],
      ["dimensions", `d1 = ${built.d1} of at most ${printed.d1}, d2 = ${built.d2} of at most ${printed.d2} (Lemma 5)`],
      ["weights", `distinct: ${sets} (Lemma 6, Corollary 3)`],
    ]),
  );
  process.stdout.write(
    options.out === undefined ? "  add --out FILE for the network\n" : `  written to ${options.out}\n`,
  );
  return EXIT.accepted;
}
