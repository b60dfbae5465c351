import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { printCertificate } from "../../../certificates/rcnn-certificate.js";
import { changed } from "../systems/explain/subjects.js";
import { jsonOf, root, scratch, weightproofHere } from "./run-cli.js";

const folder = scratch();
const inFolder = (name: string): string => join(folder, name);
const BB2 = join(root, "certificates/bb2.json");

describe("explain", () => {
  it("should show the matrices of a certificate, row groups with what they serve", async () => {
    const { status, stdout, stderr } = await weightproofHere("explain", BB2);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^(V[1-5]|U[12]) {2}\d+ rows?(, ReLU)?$/gm)).toHaveLength(7);
    for (const text of ["ReLUs of the cell above", "msg-3 (msg-3-start)", "tm-4 from right", "the label"])
      expect(stdout).toContain(text);
    // Every row of every matrix is in one group.
    const { matrices } = jsonOf(await weightproofHere("explain", BB2, "--json")) as {
      matrices: { rows: number; groups: { count: number }[] }[];
    };
    for (const { rows, groups } of matrices) expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
  });

  it("should show one matrix, or those of the readout", async () => {
    expect((await weightproofHere("explain", BB2, "V4")).stdout.match(/^[VU]\d /gm)).toEqual(["V4 "]);
    expect((await weightproofHere("explain", BB2, "readout")).stdout.match(/^[VU]\d /gm)).toEqual(["U2 ", "U1 "]);
  });

  it("should draw the example of a gate as check draws witnesses", async () => {
    const { stdout } = await weightproofHere("explain", BB2, "V3[13]");
    expect(stdout).toMatch(/^V3\[13\] of .*bb2\.json: bb2; one u = 1\/486\n/);
    for (const line of [
      "  serves   tm-4 from right: the head that arrives from right, where no head is asked for before it (tm-4-head-right)",
      "           -1944 x [the cell below has a head]",
      "  patch:\n          1/9      1/9      1/9\n          1/9      1/9  118/243\n          1/9      1/9      1/9\n",
      "  f-bar  tm-4-head-right, the new cell is 13/81",
    ])
      expect(stdout).toContain(line);
  });

  it("should take the place of a rejection as it is printed", async () => {
    const file = inFolder("wrong.json");
    writeFileSync(file, changed(["filter", "layers", 2, "rows", 9, 3, 1], "1/7"));
    const data = JSON.parse(readFileSync(file, "utf8")) as Parameters<typeof printCertificate>[0];
    const { digestOf } = await import("../../../certificates/canonical.js");
    writeFileSync(file, printCertificate({ ...data, digests: { ...data.digests, filter: digestOf(data.filter) } }));
    const rejection = jsonOf(await weightproofHere("check", file, "--json"));
    expect(rejection["code"]).toBe("weight-outside-set");
    const { status, stdout } = await weightproofHere("explain", file, rejection["path"] as string);
    expect(status).toBe(0);
    expect(stdout).toContain("V3[9][3] of ");
    expect(stdout).toContain("entry 3, the weight 1/7 of V2");
    expect(stdout).toContain("the filter is not the one that the construction makes of the source: only its numbers");
    expect(stdout).not.toContain("serves");
  });

  it("should explain the filter and the readout of a learning run", async () => {
    const [data, file] = [inFolder("small.csv"), inFolder("learned.json")];
    writeFileSync(data, "1,1,1\n1,-1,-1\n");
    const learned = await weightproofHere(
      "learn",
      "dictator",
      "--data",
      data,
      "--backend",
      "exact",
      "--certificate",
      file,
    );
    expect(learned.status).toBe(0);
    const gate = jsonOf(await weightproofHere("explain", file, "V3[0]", "--json"));
    expect(gate).toMatchObject({ statement: "learning", filterIsBuilt: true, readoutIsBuilt: true });
    const { stdout } = await weightproofHere("explain", file, "U2[0]");
    expect(stdout).toContain("a kink of f-bar_head: its slope is 0 below and 1 above there");
  });

  it("should say of readouts what they are, kink by kink", async () => {
    const at = async (address: string): Promise<string> => (await weightproofHere("explain", BB2, address)).stdout;
    expect(await at("U2[0]")).toContain(
      "on where the cell is above -1/6, a kink of f-bar_head: its slope is 0 below and 18 above",
    );
    expect(await at("U2[3]")).toContain("its slope is 18 below and 0 above");
    expect(await at("U1[0][2]")).toContain("entry 2, the weight -36 of U2[1], in the label");
    const file = inFolder("head.json");
    writeFileSync(file, changed(["head", "layers", 0, "rows", 1, 0], "1/7"));
    const { stdout } = await weightproofHere("explain", file, "U2[1]");
    expect(stdout).toContain("the readout is not the one that the construction makes");
    expect(stdout).toContain("a ReLU of the readout, on where the cell is above -1/7\n");
  });

  it.each([
    [["V9[0]"], /^weightproof: "V9\[0\]": there is no such matrix: there are V1\[0 \.\.\. \d+\].*U1\[0\]\n$/],
    [["V3[999]"], /^weightproof: "V3\[999\]": there is no such row: V3\[0 \.\.\. \d+\]\n$/],
    [
      ["nowhere"],
      /^weightproof: "nowhere": expected an address such as V3\[0\], V3\[0\]\[1\] or U2\[0\]: there are .*\n$/,
    ],
  ])("should refuse the address %j in one line", async ([address], message) => {
    for (const json of [[], ["--json"]]) {
      const result = await weightproofHere("explain", BB2, address as string, ...json);
      expect([result.status, result.stdout]).toEqual([2, ""]);
      expect(result.stderr).toMatch(message);
    }
  });

  it("should refuse files that are not there, are of another system, or are no certificates", async () => {
    expect((await weightproofHere("explain", inFolder("none.json"))).status).toBe(2);
    const other = inFolder("other.json");
    writeFileSync(other, '{"format":"weightproof-certificate","version":1,"system":"other","statement":"x"}');
    expect(await weightproofHere("explain", other)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('its system is "other"; explain takes certificates of rcnn') as string,
    });
    writeFileSync(other, "{]");
    const rejected = await weightproofHere("explain", other, "--json");
    expect(rejected.status).toBe(1);
    expect(jsonOf(rejected)["code"]).toBe("not-json");
    writeFileSync(other, changed(["source", "start"], "nowhere"));
    expect(jsonOf(await weightproofHere("explain", other, "--json"))["code"]).toBe("source-machine");
  });
});
