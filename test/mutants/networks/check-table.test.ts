import { describe, expect, it } from "vitest";
import { NETWORK_LIMITS } from "../../../certificates/network-json.js";
import { checkTable } from "../../../checkers/networks/check-table.js";
import { tableToNetwork } from "../../../construction/rcnn/lemma5/table-to-network.js";
import { formatRational, ONE, parseRational, rational, ZERO } from "../../../spec/exact/rational.js";
import { evaluateWithJacobian, type AffineRow, type Network } from "../../../spec/networks/network.js";
import type { Table, TablePoint } from "../../../spec/networks/table.js";
import { NETWORK, q, spots, TABLE, withLayer, withRow, withWeight } from "./samples.js";

const LAYERS = [0, 1, 2, 3, 4];
const INDICES = [0, 1, 2];

function withPoint(p: number, change: (point: TablePoint) => TablePoint): Table {
  return { ...TABLE, points: TABLE.points.map((point, k) => (k === p ? change(point) : point)) };
}

const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((one, k) => (k === index ? value : one));

describe("checkTable", () => {
  it("should accept the network that the mutants start from, with the counts of the closed formulas", () => {
    expect(checkTable(NETWORK, TABLE)).toEqual({
      verdict: "accepted",
      result: { points: 3, values: 9, derivatives: 27, relus: 3 * (10 * 3 * 3 + 6 * 3 * 3 * 3) },
    });
  });

  describe.each(INDICES)("at point %i", (p) => {
    const point = TABLE.points[p] as TablePoint;
    const at = point.at.map(formatRational);

    it.each(INDICES)("should reject another value of output %i", (j) => {
      const found = formatRational(point.value[j] ?? ZERO);
      const table = withPoint(p, (one) => ({ ...one, value: replaced(one.value, j, rational(22n, 7n)) }));
      expect(checkTable(NETWORK, table)).toMatchObject({
        verdict: "rejected",
        code: "value-differs",
        path: `table.points[${p}].value[${j}]`,
        witness: { at, expected: "22/7", found },
      });
    });

    it.each(INDICES.flatMap((j) => INDICES.map((i) => [j, i] as const)))(
      "should reject another derivative of output %i by input %i",
      (j, i) => {
        const found = formatRational(point.jacobian[j]?.[i] ?? ZERO);
        const table = withPoint(p, (one) => ({
          ...one,
          jacobian: replaced(one.jacobian, j, replaced(one.jacobian[j] ?? [], i, rational(-1n, 3n))),
        }));
        expect(checkTable(NETWORK, table)).toMatchObject({
          verdict: "rejected",
          code: "derivative-differs",
          path: `table.points[${p}].jacobian[${j}][${i}]`,
          witness: { at, expected: "-1/3", found },
        });
      },
    );

    it.each(INDICES)("should reject a ReLU of W1 with its kink at coordinate %i of the point", (i) => {
      // Row 5 k of W1 is the ReLU at zeta_0 of bump k, which nothing reads; there are 6 bumps for each input. No two points
      // share a coordinate.
      for (const row of [30 * i, 30 * i + 15, 30 * i + 25]) {
        const network = withRow(NETWORK, 0, row, (one) => ({ ...one, bias: (point.at[i] ?? ZERO).neg() }));
        expect(checkTable(network, TABLE)).toMatchObject({
          verdict: "rejected",
          code: "kink",
          path: `network.layers[0].rows[${row}]`,
          witness: { point: p, at, input: i },
        });
      }
    });

    it.each(INDICES)("should reject a ReLU of W1+ with its kink at the full sum for i' = %i", (i) => {
      // 54 rows of W1+ for each point, 18 of them for each i'.
      for (const row of [54 * p + 18 * i, 54 * p + 18 * i + 9, 54 * p + 18 * i + 17]) {
        const network = withRow(NETWORK, 2, row, (one) => ({ ...one, bias: rational(-3n) }));
        expect(checkTable(network, TABLE)).toMatchObject({
          verdict: "rejected",
          code: "kink",
          path: `network.layers[2].rows[${row}]`,
          witness: { point: p, at, input: i },
        });
      }
    });

    it("should reject each fault of the table there", () => {
      const short = q("0", "1");
      const faults: [Table, string, string][] = [
        [withPoint(p, (one) => ({ ...one, at: short })), "at-length", "at"],
        [withPoint(p, (one) => ({ ...one, value: short })), "value-length", "value"],
        [withPoint(p, (one) => ({ ...one, jacobian: one.jacobian.slice(1) })), "jacobian-rows", "jacobian"],
        ...INDICES.map((j): [Table, string, string] => [
          withPoint(p, (one) => ({ ...one, jacobian: replaced(one.jacobian, j, short) })),
          "jacobian-columns",
          `jacobian[${j}]`,
        ]),
      ];
      for (const [table, code, field] of faults) {
        const path = `table.points[${p}].${field}`;
        expect(checkTable(NETWORK, table)).toMatchObject({ verdict: "rejected", code, path });
      }
      if (p > 0) {
        const twice = withPoint(p, (one) => ({ ...one, at: TABLE.points[p - 1]?.at ?? [] }));
        const path = `table.points[${p}].at`;
        expect(checkTable(NETWORK, twice)).toMatchObject({ verdict: "rejected", code: "duplicate-point", path });
      }
    });
  });

  it("should reject a table without points, inputs or outputs", () => {
    expect(checkTable(NETWORK, { ...TABLE, points: [] })).toMatchObject({ code: "no-points", path: "table.points" });
    expect(checkTable(NETWORK, { ...TABLE, inputs: 0 })).toMatchObject({ code: "bad-inputs", path: "table.inputs" });
    expect(checkTable(NETWORK, { ...TABLE, outputs: 0 })).toMatchObject({ code: "bad-outputs", path: "table.outputs" });
  });

  it("should reject a network of another shape than the table", () => {
    const inputs = withLayer(NETWORK, 0, (layer) => ({ ...layer, inputs: 4 }));
    expect(checkTable(inputs, TABLE)).toMatchObject({
      code: "inputs-differ",
      path: "network.layers[0].inputs",
      witness: { expected: 3, found: 4 },
    });
    const outputs = withLayer(NETWORK, 4, (layer) => ({ ...layer, rows: layer.rows.slice(1) }));
    expect(checkTable(outputs, TABLE)).toMatchObject({
      code: "outputs-differ",
      path: "network.layers[4].rows",
      witness: { expected: 3, found: 2 },
    });
  });

  it("should not take a fault of the program for one of the network", () => {
    const broken: Network = {
      get layers(): never {
        throw new TypeError("broken");
      },
    };
    expect(() => checkTable(broken, TABLE)).toThrow(TypeError);
  });

  it("should reject a network without layers", () => {
    expect(checkTable({ layers: [] }, TABLE)).toMatchObject({ code: "no-layers", path: "network.layers" });
  });

  describe.each(LAYERS)("layer %i", (k) => {
    const layer = NETWORK.layers[k] as Network["layers"][number];

    it("should reject a layer without rows, and one that does not fit the layer before", () => {
      const empty = withLayer(NETWORK, k, (one) => ({ ...one, rows: [] }));
      expect(checkTable(empty, TABLE)).toMatchObject({ code: "no-rows", path: `network.layers[${k}].rows` });
      if (k === 0) return;
      const wider = withLayer(NETWORK, k, (one) => ({ ...one, inputs: one.inputs + 1 }));
      expect(checkTable(wider, TABLE)).toMatchObject({ code: "shape-mismatch", path: `network.layers[${k}].inputs` });
    });

    it("should reject each fault of a row, at the first, a middle and the last row and entry", () => {
      for (const r of spots(layer.rows.length)) {
        const { entries } = layer.rows[r] as AffineRow;
        for (const e of spots(entries.length)) {
          const place = `network.layers[${k}].rows[${r}][${e + 1}]`;
          const zero = withWeight(NETWORK, k, r, e, ZERO);
          expect(checkTable(zero, TABLE)).toMatchObject({ code: "zero-weight", path: `${place}[1]` });
          for (const column of [-1, layer.inputs, 0.5]) {
            const outside = withRow(NETWORK, k, r, (row) => ({ ...row, entries: replaced(entries, e, [column, ONE]) }));
            expect(checkTable(outside, TABLE)).toMatchObject({ code: "column-out-of-range", path: `${place}[0]` });
          }
          if (e === 0) continue;
          const again = entries[e - 1]?.[0] ?? 0;
          const falling = withRow(NETWORK, k, r, (row) => ({ ...row, entries: replaced(entries, e, [again, ONE]) }));
          expect(checkTable(falling, TABLE)).toMatchObject({ code: "columns-not-rising", path: `${place}[0]` });
        }
      }
    });
  });

  it("should agree with the yardstick on every network that differs in one number", () => {
    const table: Table = {
      inputs: 2,
      outputs: 1,
      points: [
        { at: q("0", "0"), value: q("1"), jacobian: [q("1", "0")] },
        { at: q("0", "1"), value: q("2"), jacobian: [q("0", "1")] },
      ],
    };
    const network = tableToNetwork(table);
    const realizes = (mutant: Network): boolean =>
      table.points.every(({ at, value, jacobian }) => {
        const found = evaluateWithJacobian(mutant, at);
        const sameValue = found.value.every((y, j) => y.equals(value[j] ?? ZERO));
        const sameSlope = found.jacobian.every((row, j) =>
          row.every((slope, i) => slope.equals(jacobian[j]?.[i] ?? ZERO)),
        );
        return !found.kink && sameValue && sameSlope;
      });
    const counts = { mutants: 0, accepted: 0 };
    const codes = new Set<string>();
    const compare = (mutant: Network): void => {
      const verdict = checkTable(mutant, table);
      expect(verdict.verdict).toBe(realizes(mutant) ? "accepted" : "rejected");
      counts.mutants++;
      if (verdict.verdict === "accepted") counts.accepted++;
      if (verdict.verdict === "rejected") codes.add(verdict.code);
    };
    network.layers.forEach((layer, k) =>
      layer.rows.forEach(({ bias, entries }, r) => {
        compare(withRow(network, k, r, (row) => ({ ...row, bias: bias.add(parseRational("1/10")) })));
        entries.forEach(([, weight], e) => compare(withWeight(network, k, r, e, weight.add(weight))));
      }),
    );
    const numbers = network.layers.flatMap(({ rows }) => rows).reduce((sum, row) => sum + 1 + row.entries.length, 0);
    expect(counts.mutants).toBe(numbers);
    // Units that nothing reads may change unseen, all others may not.
    expect(counts.accepted).toBeGreaterThan(0);
    expect(counts.accepted).toBeLessThan(counts.mutants * 0.6);
    expect([...codes].sort()).toEqual(["derivative-differs", "kink", "value-differs"]);
  });

  it("should accept a ReLU whose pre-activation is 0 all around the point", () => {
    const idle: AffineRow = { bias: ZERO, entries: [] };
    const wider = withLayer(NETWORK, 0, (layer) => ({ ...layer, rows: [...layer.rows, idle] }));
    const network = withLayer(wider, 1, (layer) => ({ ...layer, inputs: layer.inputs + 1 }));
    expect(checkTable(network, TABLE).verdict).toBe("accepted");
  });

  it("should take a ReLU after the last layer into account", () => {
    const table: Table = { inputs: 1, outputs: 1, points: [{ at: q("2"), value: q("0"), jacobian: [q("0")] }] };
    const line = (bias: string): Network => ({
      layers: [{ name: "line", inputs: 1, relu: true, rows: [{ bias: parseRational(bias), entries: [[0, ONE]] }] }],
    });
    expect(checkTable(line("-3"), table).verdict).toBe("accepted");
    expect(checkTable(line("-1"), table)).toMatchObject({ code: "value-differs" });
    expect(checkTable(line("-2"), table)).toMatchObject({ code: "kink", path: "network.layers[0].rows[0]" });
  });

  it("should leave undecided what exceeds the limits", () => {
    const idle = { name: "", inputs: 1, relu: false, rows: [{ bias: ZERO, entries: [] }] };
    const deep = { layers: Array.from({ length: NETWORK_LIMITS.layers + 1 }, () => idle) };
    expect(checkTable(deep, TABLE)).toMatchObject({ verdict: "undecided", limit: "NETWORK_LIMITS" });
    const fine = withRow(NETWORK, 1, 0, (row) => ({ ...row, bias: rational(1n, 2n ** 20000n) }));
    expect(checkTable(fine, TABLE)).toMatchObject({ verdict: "undecided", limit: "MAX_UNIT" });
    const far = withPoint(2, (point) => ({ ...point, at: [rational(1n, 3n ** 20000n), ONE, ONE] }));
    expect(checkTable(NETWORK, far)).toMatchObject({ verdict: "undecided", limit: "MAX_UNIT" });
  });
});
