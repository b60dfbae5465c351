import { describe, expect, it } from "vitest";
import { rocqFile } from "../../../exports/rcnn/rocq.js";
import { certificate, galleryCertificate } from "./samples.js";

/** The numbers of the filter's rows in the order of the file, as a certificate spells them. */
function numbersOf(text: string): string[] {
  const filter = text.slice(text.indexOf("Definition V1"), text.indexOf("Definition certified_filter"));
  return [...filter.matchAll(/\(\(?(-?\d+)\)? # (\d+)\)/g)].map(([, n, d]) => (d === "1" ? `${n}` : `${n}/${d}`));
}

describe("rocqFile", () => {
  it("should hold every number of the filter, in order", () => {
    const expected = certificate.filter.layers.flatMap(({ rows }) =>
      rows.flatMap(([bias, ...entries]) => [bias, ...entries.map(([, weight]) => weight)]),
    );
    expect(numbersOf(rocqFile(certificate))).toEqual(expected);
  });

  it("should hold every column of the filter, in order", () => {
    const columns = certificate.filter.layers.flatMap(({ rows }) =>
      rows.flatMap(([, ...entries]) => entries.map(([column]) => String(column))),
    );
    expect([...rocqFile(certificate).matchAll(/\((\d+)%nat/g)].map(([, column]) => column)).toEqual(columns);
  });

  it("should list the machine's entries for blank, 1 and -1", () => {
    const text = rocqFile(certificate);
    const rows = certificate.machine.table.map((row) =>
      row.map(([write, move, next]) => [write, move, next].join(" ")),
    );
    const found = [...text.matchAll(/write := \(?(-?\d)\)?; go := (\w+); next := (\d+)/g)].map(
      ([, write, go, next]) => `${write} ${go?.toLowerCase()} ${next}`,
    );
    expect(found).toEqual(rows.flat());
  });

  it("should say which alphabet the claim is about", () => {
    expect(rocqFile(certificate)).toContain("computes_f_bar certified_machine WellFormed certified_filter");
    expect(rocqFile(galleryCertificate("bb2-full"))).toContain(
      "computes_f_bar certified_machine Full certified_filter",
    );
  });

  it("should keep a name from ending the comment that it stands in", () => {
    const named = { ...certificate, source: { ...certificate.source, name: 'x *) Axiom a : False. (* "' } };
    const text = rocqFile(named);
    expect(text.slice(0, text.indexOf("\n"))).toBe(
      `(* The filter of x ?? Axiom a ? False. ?? ?, ${named.digests.filter}. *)`,
    );
  });
});
