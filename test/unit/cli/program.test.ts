/** The front door with systems that are not of this project: whatever they offer, they are reached. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeProgram, report } from "../../../cli/program.js";
import { SYSTEMS } from "../../../systems/index.js";
import { rejected, undecided } from "../../../checkers/verdict.js";
import { VERBS, type Io, type StatementCheckers, type System } from "../../../systems/system.js";
import { scratch } from "./run-cli.js";
import { toySystem } from "./toy-system.js";

/** What a command line prints, and its exit code. */
async function call(systems: readonly System[], ...args: string[]): Promise<[code: number, printed: string]> {
  let printed = "";
  let code = -1;
  const makeIo = (json: boolean): Io => ({
    json,
    print: (text) => void (printed += text),
    note: (text) => void (printed += text),
    save: (path, content) => void (printed += `${path}: ${String(content)}`),
    progress: () => undefined,
  });
  const program = makeProgram(systems, "0.0.0", makeIo, (given) => (code = given));
  program.configureOutput({ writeOut: (text) => void (printed += text), writeErr: (text) => void (printed += text) });
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    const told = report(error, args.length > 0);
    return [told.code, printed + told.text];
  }
  return [code, printed];
}

const alpha = toySystem("alpha");
const beta = toySystem("beta");

function certificate(content: object): string {
  const file = join(scratch(), "c.json");
  writeFileSync(file, JSON.stringify({ format: "weightproof-certificate", version: 1, ...content }));
  return file;
}

/** A system with a second checker that accepts, and a verified one. */
function proved(verified: NonNullable<StatementCheckers["verified"]>): System {
  const gamma = toySystem("gamma");
  return {
    ...gamma,
    checkers: async () => {
      const { even } = (await gamma.checkers()) as { even: StatementCheckers };
      return { even: { ...even, second: () => ({ verdict: "accepted", leftAlone: [] }), verified } };
    },
  };
}

describe("makeProgram", () => {
  it("should reach every verb of a system alone, with its options", async () => {
    for (const verb of VERBS) {
      expect(await call([alpha], ...verb.split(" "), "word", "--alpha", "7")).toEqual([0, `alpha ${verb} word 7\n`]);
    }
  });

  it("should go to the first system where it takes the argument, else to the only one that does", async () => {
    const gamma = toySystem("gamma");
    for (const verb of VERBS) {
      const words = verb.split(" ");
      expect(await call([alpha, beta], ...words, "apple")).toEqual([0, `alpha ${verb} apple undefined\n`]);
      expect(await call([alpha, beta], ...words, "bread", "--beta", "1")).toEqual([0, `beta ${verb} bread 1\n`]);
      expect(await call([alpha, beta, gamma], ...words, "grain")).toEqual([0, `gamma ${verb} grain undefined\n`]);
    }
  });

  it("should ask which one where several others fit, and say why none does", async () => {
    const bravo = { ...toySystem("bravo") };
    expect(await call([alpha, beta, bravo], "certify", "bread")).toEqual([
      2,
      'weightproof: "bread" fits several systems; choose one with --system: beta, bravo\n',
    ]);
    expect(await call([alpha, beta], "certify", "corn")).toEqual([
      2,
      "weightproof: alpha: corn is not mine; beta: corn is not mine\n",
    ]);
  });

  it("should go to the system that is named, whatever fits", async () => {
    expect(await call([alpha, beta], "run", "apple", "--system", "beta")).toEqual([0, "beta run apple undefined\n"]);
    expect(await call([alpha, beta], "run", "apple", "--system", "delta")).toEqual([
      2,
      'weightproof: --system "delta": there is no such system; there are alpha, beta\n',
    ]);
    const narrow = toySystem("narrow", ["certify"]);
    expect(await call([alpha, narrow], "run", "apple", "--system", "narrow")).toEqual([
      2,
      "weightproof: --system narrow: it has no run; systems that have one: alpha\n",
    ]);
  });

  it("should leave out verbs that no system has", async () => {
    const [code, printed] = await call([toySystem("narrow", ["certify"])], "learn", "x");
    expect(code).toBe(2);
    expect(printed).toContain("unknown command 'learn'");
  });

  it("should check certificates with the checkers of their system and statement", async () => {
    const kind = { system: "beta", statement: "even" };
    expect(await call([alpha, beta], "check", certificate({ ...kind, number: 8 }))).toEqual([
      0,
      expect.stringMatching(/^accepted: .*c\.json: 8\n {2}half {2}4\n$/) as string,
    ]);
    expect(await call([alpha, beta], "check", certificate({ ...kind, number: 7 }))).toEqual([
      1,
      expect.stringMatching(/^rejected: .*c\.json: odd at number: 7 is odd\n$/) as string,
    ]);
    const both = await call([alpha, beta], "check", certificate({ ...kind, number: 8 }), "--with", "both");
    expect(both).toEqual([2, expect.stringContaining("has no second checker yet\n") as string]);
    const proved = await call([alpha, beta], "check", certificate({ ...kind, number: 8 }), "--with", "verified");
    expect(proved).toEqual([2, expect.stringContaining("has no verified checker yet\n") as string]);
    const stated = await call([alpha, beta], "check", certificate({ ...kind, number: 8 }), "--statement", "x");
    expect(stated).toEqual([
      2,
      expect.stringContaining("this kind of certificate takes no --statement and no --subject\n") as string,
    ]);
  });

  it.each([
    ["accepts", 0, () => ({ verdict: "accepted" as const, leftAlone: ["spelling"] })],
    ["rejects", 1, () => rejected("not-verified", "number", "not accepted")],
    ["leaves alone", 3, () => undecided("scope", "no number")],
  ])("should ask the verified checker, which %s", async (_, code, verdict) => {
    const gamma = proved(() => verdict);
    const file = certificate({ system: "gamma", statement: "even", number: 8 });
    const [alone, json] = await call([gamma], "check", file, "--with", "verified", "--json");
    expect([alone, JSON.parse(json)]).toEqual([code, verdict()]);
    const [all, each] = await call([gamma], "check", file, "--with", "all", "--json");
    expect(all).toBe(code);
    expect(JSON.parse(each)).toMatchObject({ second: { verdict: "accepted" }, verified: verdict() });
  });

  it("should accept with all only what each accepts", async () => {
    const gamma = proved(() => () => ({ verdict: "accepted", leftAlone: [] }));
    const kind = { system: "gamma", statement: "even" };
    const good = await call([gamma], "check", certificate({ ...kind, number: 8 }), "--with", "all");
    expect(good).toEqual([0, expect.stringContaining("8, by all three checkers\n") as string]);
    const [code, printed] = await call([gamma], "check", certificate({ ...kind, number: 7 }), "--with", "all");
    expect(code).toBe(1);
    expect(printed).toMatch(
      /^rejected: .* \(first checker\).*\naccepted: .* \(second checker\)\naccepted: .* \(verified checker\)\n$/,
    );
  });

  it("should say in one line how the verified checker is built, if it is not", async () => {
    const file = certificate({ system: "gamma", statement: "even", number: 8 });
    const said = await call([proved(() => undefined)], "check", file, "--with", "all");
    expect(said).toEqual([2, "weightproof: the verified checker is not built: npm run proofs builds it\n"]);
  });

  it("should reject certificates of a system or a statement that is not there, by codes of their own", async () => {
    const [code, printed] = await call(
      [alpha, beta],
      "check",
      certificate({ system: "zeta", statement: "even" }),
      "--json",
    );
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({
      code: "unknown-system",
      path: "system",
      message: "expected alpha or beta",
      witness: { stated: "zeta", known: ["alpha", "beta"] },
    });
    const odd = await call([alpha, beta], "check", certificate({ system: "beta", statement: "odd" }), "--json");
    expect(JSON.parse(odd[1])).toMatchObject({
      code: "unknown-statement",
      witness: { stated: "odd", known: ["even"] },
    });
    // Names of JavaScript's own objects are no statements.
    const proto = await call([alpha], "check", certificate({ system: "alpha", statement: "constructor" }), "--json");
    expect(JSON.parse(proto[1])).toMatchObject({ code: "unknown-statement" });
  });

  it("should list systems, for people and for programs", async () => {
    const [code, text] = await call([...SYSTEMS, alpha], "systems");
    expect(code).toBe(0);
    for (const { id, title } of [...SYSTEMS, alpha]) expect(text).toContain(`${id}: ${title}\n`);
    const json = JSON.parse((await call([...SYSTEMS, alpha], "systems", "--json"))[1]) as { id: string }[];
    expect(json.map(({ id }) => id)).toEqual([...SYSTEMS.map(({ id }) => id), "alpha"]);
  });
});
