/** The figures about proofs/ that documents state: lines of files, cases, and changes of the statement that tests notice. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { statementCases, weiChenMaCases } from "../../slow/proofs/statement-cases.js";
import { STATEMENT_MUTATIONS, WEI_CHEN_MA_MUTATIONS } from "../../slow/proofs/statement-mutations.js";

const root = join(import.meta.dirname, "..", "..", "..");
const proofs = join(root, "proofs");
const readText = (...path: string[]): string => readFileSync(join(...path), "utf8");
const lines = (...files: string[]): number =>
  files.reduce((sum, file) => sum + readText(proofs, file).split("\n").length - 1, 0);
const grouped = (n: number): string => n.toLocaleString("en-US");

const inFolder = (folder: string): string[] =>
  readdirSync(join(proofs, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${folder}/${name}`);
const SHARED = inFolder("shell").filter((file) => !file.endsWith("probe.ml"));
const SHELLS = {
  "shell/, native": [...SHARED, ...inFolder("shell/native")],
  "shell/, Node": [...SHARED, ...inFolder("shell/js")],
  "shell/probe.ml": ["shell/probe.ml"],
};

it("should be those of the files, in the table of proofs/README.md", () => {
  const rows = [...readText(proofs, "README.md").matchAll(/^\| ((?:\w+\.v|shell\/)[^|]*?) +\| ([\d,]+) +\|/gm)];
  const stated = Object.fromEntries(rows.map(([, names, count]) => [names, count]));
  const files = [...readText(proofs, "_CoqProject").matchAll(/^\w+\.v$/gm)].map(([file]) => file);
  const counted = [...files.map((file) => [file, lines(file)] as const), ...Object.entries(SHELLS).map(([name, shell]) => [name, lines(...shell)] as const)]; // prettier-ignore
  expect(stated).toEqual(Object.fromEntries(counted.map(([name, count]) => [name, grouped(count)])));
});

it("should be those of the files and the tests, in docs/trust.md and proofs/README.md", () => {
  const [trust, readme] = [join("docs", "trust.md"), join("proofs", "README.md")].map((path) =>
    readText(root, path).replaceAll(/\s+/g, " "),
  );
  const [native, node] = [SHELLS["shell/, native"], SHELLS["shell/, Node"]].map((files) => lines(...files));
  expect(trust).toContain(`(${native} lines natively, ${node} for Node)`);
  const asked = [1, 2, 3, 4, 5, 6, 8, 9].flatMap((states) => statementCases(states, 600).questions).length;
  expect(trust).toContain(
    `${lines("Statement.v", "WeightSets.v")} lines, which tests compare with \`spec/\` on ${grouped(asked)} random cases, and of ` +
      `which ${STATEMENT_MUTATIONS.length} one-line changes are noticed`,
  );
  const [again, changes] = [weiChenMaCases(600).questions.length, WEI_CHEN_MA_MUTATIONS.length];
  expect(readme).toContain(`on ${grouped(again)} random cases, and notice ${changes} one-line changes`);
});
