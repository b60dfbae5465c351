/** The machines whose certificates are exported, and certificates of them with one number changed. */
import { certify } from "../../systems/rcnn/certify.js";
import { digestOf, printJson } from "../../certificates/canonical.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { exportedFilter, type ExportedFilter } from "../../exports/rcnn/exported-filter.js";
import { coveringPatches } from "../../exports/rcnn/patch-cover.js";
import { formatRational, ONE, rational, type Rational } from "../../spec/exact/rational.js";
import type { SourceMachine } from "../../spec/machines/machine.js";
import { evaluateWithJacobian, type Network } from "../../spec/networks/network.js";
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { toUnits, type Cell } from "../../spec/rcnn/cell-code.js";
import { cellRule, cellFeatures, outcomeValue } from "../../spec/rcnn/cell-rule.js";
import { CENTRE, patchOf, PLACES } from "../../spec/rcnn/patch.js";

export interface Case {
  readonly name: string;
  readonly certificate: RcnnCertificate;
  readonly text: string;
  readonly exported: ExportedFilter;
}

const HALTED: SourceMachine = {
  name: "halted",
  states: ["Z"],
  start: "Z",
  halting: ["Z"],
  table: new Map(),
  notes: {},
  expected: {},
};

/** Machines of 2, 3 and 4 states in normal form: one that halts at once, one that walks, and the champion BB(2). */
export function cases(): Case[] {
  return [HALTED, { ...loadMachine("1RA0LZ"), name: "walker" }, loadMachine("bb2")].map((source) => {
    const verdict = certify(source);
    if (verdict.verdict !== "accepted") throw new Error(`cases: ${source.name}: ${verdict.message}`);
    const { certificate, text } = verdict.result;
    return { name: source.name, certificate, text, exported: exportedFilter(certificate) };
  });
}

/** f-bar at nine cells, in u-units. */
export interface Expected {
  readonly patch: readonly number[];
  readonly value: number;
  readonly slope: number;
}

export function expectedAt({ code, machine }: ExportedFilter, cells: readonly Cell[]): Expected {
  const outcome = cellRule(code, cellFeatures(code, machine), patchOf(cells));
  return {
    patch: cells.map((cell) => Number(toUnits(code, cell.value))),
    value: Number(toUnits(code, outcomeValue(outcome, cells[CENTRE] as Cell))),
    slope: outcome.slope,
  };
}

/** Patches that cover what f-bar does, patches with each letter in each place, and `more` spread over the alphabet. */
export function samplePatches({ code, machine }: ExportedFilter, more: number): (readonly Cell[])[] {
  const covering = coveringPatches(code, machine).map(({ cells }) => cells);
  const { centre, neighbour } = alphabet(code, "well-formed");
  const letters = Array.from({ length: PLACES }, (_, place) => (place === CENTRE ? centre : neighbour));
  const edges = letters.flatMap((ofPlace, place) =>
    ofPlace.map((letter, i) => (covering[i % covering.length] as readonly Cell[]).with(place, letter)),
  );
  let turn = 1;
  const spread = Array.from({ length: more }, () =>
    letters.map((ofPlace) => {
      turn = (48_271 * turn) % 2_147_483_647;
      return ofPlace[turn % ofPlace.length] as Cell;
    }),
  );
  return [...covering, ...edges, ...spread];
}

/** What of a filter a mutant gets wrong. */
export type Fault = "value" | "derivative";

/**
 * The case with one number of its filter raised by 1, so that at some covering patch the value alone, or the derivative
 * alone, is another. Its digests are right.
 */
export function mutant({ name, certificate, exported }: Case, fault: Fault): Case {
  const { code, machine, filter: network } = exported;
  const patches = coveringPatches(code, machine).map(({ cells }) => expectedAt(exported, cells));
  for (const layer of [1, 2, 3]) {
    for (const [row, { entries }] of (network.layers[layer]?.rows ?? []).entries()) {
      for (const [entry, [, weight]] of entries.entries()) {
        const changed = withWeight(network, [layer, row, entry], weight.add(ONE));
        const isMutant = patches.some((expected) => {
          const faults = faultsAt(changed, expected);
          return faults.size === 1 && faults.has(fault);
        });
        if (!isMutant) continue;
        const copy = withNumber(certificate, [layer, row, entry], weight.add(ONE));
        return { name, certificate: copy, text: printJson(copy), exported: exportedFilter(copy) };
      }
    }
  }
  throw new Error(`mutant: no number of ${name} changes the ${fault} alone`);
}

/** What a network gets wrong at a patch, by the definition of networks. */
function faultsAt(network: Network, { patch, value, slope }: Expected): ReadonlySet<Fault | "kink"> {
  const point = patch.map((u) => rational(BigInt(u)));
  const found = evaluateWithJacobian(network, point);
  const faults = new Set<Fault | "kink">();
  if (!(found.value[0] as Rational).equals(rational(BigInt(value)))) faults.add("value");
  if (found.kink) faults.add("kink");
  const slopes = found.jacobian[0] ?? [];
  if (!slopes.every((each, j) => each.equals(rational(j === CENTRE ? BigInt(slope) : 0n)))) faults.add("derivative");
  return faults;
}

type Place = readonly [layer: number, row: number, entry: number];

function withWeight({ layers }: Network, [layer, row, entry]: Place, weight: Rational): Network {
  return {
    layers: layers.map((each, l) =>
      l !== layer
        ? each
        : {
            ...each,
            rows: each.rows.map((old, r) =>
              r !== row
                ? old
                : {
                    ...old,
                    entries: old.entries.map((pair, e) => (e === entry ? ([pair[0], weight] as const) : pair)),
                  },
            ),
          },
    ),
  };
}

function withNumber(certificate: RcnnCertificate, [layer, row, entry]: Place, weight: Rational): RcnnCertificate {
  const copy = structuredClone(certificate);
  const numbers = copy.filter.layers[layer]?.rows[row] as unknown as [string, ...[number, string][]];
  (numbers[entry + 1] as [number, string])[1] = formatRational(weight);
  return { ...copy, digests: { ...copy.digests, filter: digestOf(copy.filter) } };
}
