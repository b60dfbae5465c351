import { describe, expect, it } from "vitest";
import { inKeyOrder, type OrderSchema } from "../../../certificates/key-order.js";

const INNER: OrderSchema & { $id: string } = {
  $id: "inner.json",
  properties: { z: {}, y: { $ref: "#/$defs/pair" } },
  $defs: { pair: { properties: { second: {}, first: {} } } },
};
const SCHEMA: OrderSchema = {
  properties: {
    b: {},
    a: { type: "object", properties: { d: {}, c: {} } } as object,
    list: { items: { $ref: "#/$defs/item" } } as object,
    rows: { items: { items: { properties: { never: {} } } } } as object,
    other: { $ref: "inner.json" } as object,
    maybe: { anyOf: [{ type: "null" }, { $ref: "#/$defs/item" }] } as object,
  },
  $defs: { item: { properties: { n: {}, m: {} } } },
};

const order = (value: unknown): string => JSON.stringify(inKeyOrder(value, SCHEMA, { "inner.json": INNER }));

describe("inKeyOrder", () => {
  it("should put keys in the order of the schema, in nested objects, lists and other documents", () => {
    expect(order({ a: { c: 1, d: 2 }, b: 3 })).toBe('{"b":3,"a":{"d":2,"c":1}}');
    expect(order({ list: [{ m: 1, n: 2 }, { n: 3 }] })).toBe('{"list":[{"n":2,"m":1},{"n":3}]}');
    expect(order({ other: { y: { first: 1, second: 2 }, z: 3 } })).toBe('{"other":{"z":3,"y":{"second":2,"first":1}}}');
  });

  it("should put keys in order where null or a number may stand as well", () => {
    expect(order({ maybe: { m: 1, n: 2 } })).toBe('{"maybe":{"n":2,"m":1}}');
    for (const value of [null, 1]) expect(order({ maybe: value })).toBe(JSON.stringify({ maybe: value }));
  });

  it("should put keys that the schema does not list last, in the order that they have", () => {
    expect(order({ constructor: 1, b: 2, toString: 3 })).toBe('{"b":2,"constructor":1,"toString":3}');
  });

  it("should pass on rows without copying them, and anything that is no object", () => {
    const rows = [[{ x: 1, never: 2 }]];
    expect((inKeyOrder({ rows }, SCHEMA, {}) as { rows: unknown }).rows).toBe(rows);
    for (const value of [1, "x", null, true, undefined]) expect(inKeyOrder(value, SCHEMA, {})).toBe(value);
    expect(order([{ b: 1 }])).toBe('[{"b":1}]');
    expect(order({ a: null, list: 3, b: [] })).toBe('{"b":[],"a":null,"list":3}');
  });
});
