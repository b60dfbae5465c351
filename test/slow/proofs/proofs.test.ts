import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  distinctNumbers,
  reduced,
  sorted,
  statementCases,
  weiChenMaCases,
  type StatementCases,
} from "./statement-cases.js";
import { STATEMENT_MUTATIONS, WEI_CHEN_MA_MUTATIONS } from "./statement-mutations.js";

const root = join(import.meta.dirname, "..", "..", "..");
const proofs = join(root, "proofs");
const build = join(proofs, "build");

const works = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const tools = works("coqc", "--version") && works("ocamlfind", "query", "zarith") && works("js_of_ocaml", "--version");

const filters = readdirSync(join(root, "certificates"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => join(root, "certificates", file));

function run(command: string, args: readonly string[], cwd: string, input?: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    ...(input !== undefined && { input }),
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** The questions that a program answers otherwise than spec/. */
function differences(program: string, { machine, questions, answers }: StatementCases): string[] {
  const lines = run(program, [], root, `${[machine, ...questions].join("\n")}\n`)
    .trimEnd()
    .split("\n");
  return questions.filter((question, i) => {
    const line = lines[i] ?? "";
    const answer = question.startsWith("letters") ? sorted(line) : reduced(line);
    return (question.startsWith("weights") ? distinctNumbers(answer) : answer) !== answers[i];
  });
}

/** The files that say what is claimed, in the order in which they are read. */
const DEFINITIONS = ["Statement.v", "WeightSets.v", "WeiChenMaStatement.v", "DecoderStatement.v"] as const;

describe.skipIf(!tools)("the proofs", () => {
  const cases = [...[1, 2, 3, 4, 5, 6, 8, 9].map((states) => statementCases(states, 600)), weiChenMaCases(600)];
  let folder = "";

  beforeAll(() => {
    run(process.execPath, [join(root, "scripts", "proofs.mjs")], root);
    folder = mkdtempSync(join(tmpdir(), "weightproof-statement-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(filters)("should end in a checker that accepts %s, natively and in Node", (file) => {
    const native = run(join(build, "verified"), [file], root);
    expect(native).toBe("machine: accepted\ncode: accepted\nweights: accepted\nfunction: accepted\nhead: accepted\n");
    expect(run(process.execPath, [join(build, "verified.cjs"), file], root)).toBe(native);
  });

  it("should be about the definitions of spec/", () => {
    expect(cases.flatMap(({ questions }) => questions).length).toBeGreaterThan(9_000);
    expect(cases.flatMap((one) => differences(join(build, "probe"), one))).toEqual([]);
  });

  it.each([...STATEMENT_MUTATIONS, ...WEI_CHEN_MA_MUTATIONS])("should notice that %s became %s", (from, to) => {
    mkdirSync(join(folder, "build"), { recursive: true });
    const texts = DEFINITIONS.map((file) => readFileSync(join(proofs, file), "utf8"));
    expect(texts.filter((text) => text.includes(from))).toHaveLength(1);
    for (const [k, text] of texts.entries()) {
      const [head = "", ...rest] = text.split(from);
      writeFileSync(join(folder, DEFINITIONS[k] as string), rest.length === 0 ? text : [head, ...rest].join(to));
    }
    for (const file of ["Integers.v", "Probe.v"]) copyFileSync(join(proofs, file), join(folder, file));
    for (const file of ["integer.mli", "integer.ml", "probe.ml", "native/raw.ml"])
      copyFileSync(join(proofs, "shell", file), join(folder, "build", basename(file)));
    for (const file of [...DEFINITIONS, "Integers.v", "Probe.v"]) run("coqc", ["-Q", ".", "WP", file], folder);
    const modules = ["raw.ml", "integer.mli", "integer.ml", "definitions.mli", "definitions.ml", "probe.ml"];
    const compiled = ["ocamlopt", "-w", "-a", "-package", "zarith", "-linkpkg", ...modules, "-o", "probe"];
    run("ocamlfind", compiled, join(folder, "build"));
    expect(cases.some((one) => differences(join(folder, "build", "probe"), one).length > 0)).toBe(true);
  });
});
