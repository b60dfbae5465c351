import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, VIEWS, writeAddress, type PageAddress } from "../../../site/state/address.js";

const orNothing = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const addresses: fc.Arbitrary<PageAddress> = fc.record({
  view: fc.constantFrom(...VIEWS),
  machine: orNothing(
    fc.oneof(
      fc.record({ gallery: fc.stringMatching(/^[a-z0-9-]{1,40}$/) }),
      fc.record({
        text: fc.string({ minLength: 1, maxLength: 2000, size: "max", unit: "grapheme" }),
        format: orNothing(fc.constantFrom("yaml", "turingmachine.io")),
      }),
    ),
  ),
  layer: orNothing(fc.integer({ min: 0, max: 10 ** 12 })),
  cell: orNothing(
    fc
      .record({ row: fc.integer(), column: fc.integer() })
      .filter(({ row, column }) => Math.max(Math.abs(row), Math.abs(column)) < 1e9),
  ),
});

describe("an address", () => {
  it("should say what the page shows, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(addresses, async (address) => {
        expect(await readAddress(`#${await writeAddress(address)}`)).toEqual(address);
      }),
      { numRuns: 200 },
    );
  });

  it("should write a long text shorter than it is", async () => {
    const text = "1RB1LB_1LA1RZ ".repeat(100);
    expect(
      (await writeAddress({ view: "machine", machine: { text, format: undefined }, layer: 1, cell: undefined })).length,
    ).toBeLessThan(200);
  });

  it("should leave out what makes no sense, and texts that would be too long", async () => {
    const nothing = { view: "machine", machine: undefined, layer: undefined, cell: undefined };
    const long = await writeAddress({
      view: "machine",
      machine: { text: "a".repeat(32 * 1024), format: undefined },
      layer: undefined,
      cell: undefined,
    });
    expect((await readAddress(long)).machine).toEqual({ text: "a".repeat(32 * 1024), format: undefined });
    const longer = await writeAddress({
      view: "machine",
      machine: { text: "a".repeat(32 * 1024 + 1), format: undefined },
      layer: undefined,
      cell: undefined,
    });
    for (const hash of ["", "#", "#v=x&t=-1&c=1&m=../x", "#t=1e3&c=1,x&z=*", "#z=AAAA", "#c=1,2,3", `#${longer}`]) {
      expect(await readAddress(hash), hash).toEqual(nothing);
    }
  });
});
