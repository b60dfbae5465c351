import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Io, Options } from "../../../systems/system.js";
import { welper } from "../../../systems/welper.js";

type AnyVerb = (io: Io, argument: string, options: Options) => number | Promise<number>;

async function call(
  verb: keyof typeof welper.verbs,
  argument: string,
  options: Options,
  json = false,
): Promise<{ code: number; text: string; saved: Map<string, string> }> {
  const saved = new Map<string, string>();
  let text = "";
  const io: Io = {
    json,
    print: (more) => void (text += more),
    note: () => undefined,
    save: (path, content) => void saved.set(path, content as string),
    progress: () => undefined,
  };
  const run = (await welper.verbs[verb]?.load()) as unknown as AnyVerb;
  const code = await run(io, argument, options);
  return { code, text, saved };
}

describe("the system welper", () => {
  it("should certify a machine, and accept the file again", async () => {
    const { code, text, saved } = await call("certify", "bb2", { out: "bb2.json" });
    expect(code).toBe(0);
    expect(text).toContain("accepted: bb2\n");
    expect(text).toContain("4 ReLUs with 12 entries; b = 1, gamma = 1; it is flat while the machine runs");
    const checkers = await welper.checkers();
    const verdict = await checkers["tracing"]?.first(saved.get("bb2.json") ?? "", () => undefined);
    expect(verdict?.verdict).toBe("accepted");
    const json = JSON.parse((await call("certify", "bb2", { loss: "printed" }, true)).text) as { tripled: boolean };
    expect(json).toMatchObject({ verdict: "accepted", statement: "tracing", name: "bb2", tripled: true, out: null });
  });

  it("should run a machine by descent on tensors, bit for bit as in integers", async () => {
    const { code, text } = await call("run", "bb4", { backend: "cpu", descent: "projected" }, true);
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ halted: true, steps: 107, nonblank: 13, bitExact: true });
    const frankWolfe = await call("run", "turmite-121", { backend: "cpu", loss: "printed" });
    expect(frankWolfe.text).toContain("121 of descent, each a step of the machine");
    expect(frankWolfe.text).toContain("every step is bit-exact");
    const exact = await call("run", "bb5", { steps: 20_000 }, true);
    expect(JSON.parse(exact.text)).toMatchObject({ halted: false, steps: 20_000, bitExact: null });
  });

  const folder = mkdtempSync(join(tmpdir(), "welper-"));
  const csv = (name: string, rows: readonly (readonly number[])[]): string => {
    const path = join(folder, name);
    writeFileSync(path, rows.map((row) => `${row.join(",")}\n`).join(""));
    return path;
  };
  const xor = csv("xor.csv", [
    [-1, -1, -1],
    [-1, 1, 1],
    [1, -1, 1],
    [1, 1, -1],
  ]);
  const and = csv("and.csv", [
    [-1, -1, -1],
    [-1, 1, -1],
    [1, -1, -1],
    [1, 1, 1],
  ]);

  it("should train an extended network to the algorithm's weights, bit for bit, with a loss that never rises", async () => {
    for (const [name, network, data, weights] of [["copy", "2-2-1", xor, [1, 1, 0, -1, -1, 0, -1, -1, 1]]] as const) {
      const { code, text } = await call("learn", name, { network, data, backend: "cpu" }, true);
      const learned = JSON.parse(text) as { loss: number[]; steps: number; machineSteps: number };
      expect(learned).toMatchObject({ weights, bitExact: true, asComputed: true });
      expect(learned.steps).toBe(learned.machineSteps + 1);
      expect(learned.loss.every((loss, k) => k === 0 || loss <= (learned.loss[k - 1] as number))).toBe(true);
      expect(code).toBe(0);
    }
    const printed = await call("learn", "copy", {
      network: "2-2-1",
      data: xor,
      root: "printed",
      descent: "frank-wolfe",
    });
    expect(printed.text).toContain("the algorithm's own");
  });

  it("should refuse data and thresholds that do not train, in one line", async () => {
    const learn = (name: string, options: Options) => call("learn", name, { backend: "cpu", ...options });
    await expect(learn("copy", { network: "2-2-1", data: and, stop: "1000000" })).rejects.toThrow(/stops-at-once/);
    await expect(learn("copy", { network: "2-2-1", data: and, stop: "1" })).rejects.toThrow(/never-stops/);
    const one = csv("one.csv", [[1, 1, 1]]);
    await expect(learn("copy", { network: "2-2-1", data: one })).rejects.toThrow(/no-orthogonal/);
    await expect(learn("copy", { network: "2-2-1", data: and, weights: "9" })).rejects.toThrow(/weights/);
    await expect(learn("memorize", { network: "2-1", data: and })).rejects.toThrow(/2-2-1/);
    await expect(learn("copy", { network: "2-2", data: and })).rejects.toThrow(/such as 2-2-1/);
    const endless = await learn("perceptron", { network: "2-1", data: xor, steps: 30 });
    expect([endless.code, endless.text]).toEqual([3, expect.stringContaining("limit steps")]);
  });

  it("should take machines of the gallery and files of machines on tapes, and nothing else", async () => {
    const takes = welper.verbs.certify?.takes;
    expect(await takes?.("turmite-121", {})).toBe(true);
    expect(await takes?.("no-such-machine", {})).toBe(false);
  });
});
