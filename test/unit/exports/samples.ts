/** Certificates for the tests of exports, and patches with what f-bar makes of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RcnnCertificate } from "../../../certificates/rcnn-certificate.js";
import { exportedFilter, type ExportedFilter } from "../../../exports/rcnn/exported-filter.js";
import { coveringPatches } from "../../../exports/rcnn/patch-cover.js";
import { alphabet } from "../../../spec/rcnn/alphabet.js";
import { toUnits, type Cell } from "../../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../../spec/rcnn/patch.js";
import { root } from "../cli/run-cli.js";

/** A certificate of the gallery. */
export function galleryCertificate(name: string): RcnnCertificate {
  return JSON.parse(readFileSync(join(root, "certificates", `${name}.json`), "utf8")) as RcnnCertificate;
}

export const certificate: RcnnCertificate = galleryCertificate("bb2");
export const exported: ExportedFilter = exportedFilter(certificate);

/** A patch in u-units, f-bar's value there, and its derivative by the centre. */
export interface Sample {
  readonly patch: readonly number[];
  readonly value: number;
  readonly slope: number;
}

/** What f-bar of bb2 makes of nine cells. */
export function sampleAt(cells: readonly Cell[]): Sample {
  const { code, machine } = exported;
  const outcome = cellRule(code, cellFeatures(code, machine), patchOf(cells));
  return {
    patch: cells.map((cell) => Number(toUnits(code, cell.value))),
    value: Number(toUnits(code, outcomeValue(outcome, cells[CENTRE] as Cell))),
    slope: outcome.slope,
  };
}

/** Patches that cover all that f-bar does, and as many more, spread over the alphabet. */
export function samples(name: "well-formed" | "full"): Sample[] {
  const { code, machine } = exported;
  const covering = coveringPatches(code, machine).map(({ cells }) => cells);
  const { centre, neighbour } = alphabet(code, name);
  let turn = 0;
  const spread = covering.map(() =>
    Array.from({ length: PLACES }, (_, place) => {
      const letters = place === CENTRE ? centre : neighbour;
      turn = (48_271 * turn + 11) % 2_147_483_647;
      return letters[turn % letters.length] as Cell;
    }),
  );
  return [...covering, ...spread].map(sampleAt);
}

/** The certificate with one number of its filter replaced; `place` is [layer, row, entry], the bias if there is no entry. */
export function withNumber(place: readonly [number, number, number?], number: string): RcnnCertificate {
  const data = structuredClone(certificate) as RcnnCertificate;
  const [layer, row, entry] = place;
  const numbers = data.filter.layers[layer]?.rows[row] as unknown as [string, ...[number, string][]];
  if (entry === undefined) numbers[0] = number;
  else (numbers[entry + 1] as [number, string])[1] = number;
  return data;
}

/**
 * The certificate with a filter whose derivative by the centre is 2 where 1 is right, and whose values are f-bar's: two gates that
 * cancel but for a slope count twice.
 */
export function withTwiceTheSlope(): RcnnCertificate {
  const data = withNumber([3, 3, 0], "2");
  const row = data.filter.layers[3]?.rows[3] as unknown as [string, ...[number, string][]];
  (row[2] as [number, string])[1] = "-2";
  return data;
}
