/** What gate tables say of a point, beside what the network does there by definition. */
import { expect } from "vitest";
import { gateTables, type GateTables } from "../../../../checkers/rcnn/gate-tables.js";
import { rational, type Rational } from "../../../../spec/exact/rational.js";
import { evaluateWithJacobian, type Network } from "../../../../spec/networks/network.js";
import { PLACES } from "../../../../spec/rcnn/patch.js";

/** Cell values at each place, rising; shape 9 x letters. */
export type Letters = readonly (readonly bigint[])[];

/** The tables of a network that has some. */
export function tablesOf(network: Network, letters: Letters): GateTables {
  const tables = gateTables(network, letters);
  if ("verdict" in tables) throw new Error(`expected tables, got ${tables.message}`);
  return tables;
}

/** Value, gradient and kink at a point, from the tables alone. */
function fromTables(tables: GateTables, letters: Letters, point: readonly bigint[]) {
  const classes = tables.places.map((ofPlace, place) => {
    const index = (letters[place] as readonly bigint[]).indexOf(point[place] as bigint);
    const found = ofPlace.filter((one) => one.letters.includes(index));
    expect(found).toHaveLength(1);
    return found[0] as (typeof ofPlace)[number];
  });
  let value = BigInt(tables.outputBias);
  const gradient = Array.from({ length: PLACES }, () => 0n);
  let kink = false;
  for (let gate = 0; gate < tables.gates; gate++) {
    let pre = BigInt(tables.bias[gate] as number);
    for (const one of classes) pre += BigInt(one.value[gate] as number);
    const slopes = classes.map(({ slope }) => BigInt(slope.find(([moved]) => moved === gate)?.[1] ?? 0));
    if (pre === 0n && slopes.some((d) => d !== 0n)) kink = true;
    if (pre <= 0n) continue;
    const weight = BigInt(tables.outputWeight[gate] as number);
    value += weight * pre;
    for (const [place, d] of slopes.entries()) gradient[place] = (gradient[place] as bigint) + weight * d;
  }
  const unit = tables.unit * tables.outputUnit;
  return { value: rational(value, unit), gradient: gradient.map((d) => rational(d, unit)), kink };
}

/** Asserts that tables and network have one value, gradient and kink at a point. */
export function expectAgreement(
  network: Network,
  tables: GateTables,
  letters: Letters,
  point: readonly bigint[],
): void {
  const expected = evaluateWithJacobian(
    network,
    point.map((u) => rational(u)),
  );
  const found = fromTables(tables, letters, point);
  expect(found.kink).toBe(expected.kink);
  expect(found.value.equals(expected.value[0] as Rational)).toBe(true);
  if (expected.kink) return;
  expect(found.gradient.every((d, place) => d.equals(expected.jacobian[0]?.[place] as Rational))).toBe(true);
}
