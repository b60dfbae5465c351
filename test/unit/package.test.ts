/** The package as it is published: packed, laid into an empty folder with what it depends on and nothing else, and used. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const app = mkdtempSync(join(tmpdir(), "weightproof-app-"));
const installed = join(app, "node_modules/weightproof");

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;

/** Each entry point, what it is used for, and a mistake that its types find. */
const CONSUMER = `
import { certify, loadMachine, type Certified } from "weightproof";
import { tapeSymbol } from "weightproof/arbitraries";
import { check, checkAgain, CHECKERS, isAccepted, type FirstVerdict } from "weightproof/checkers";

const certified = certify(loadMachine("bb2"));
if (!isAccepted(certified)) throw new Error(certified.message);
const { text, certificate }: Certified = certified.result;
const first: FirstVerdict = await check(text, (part, done, total) => void [part, done / total]);
if (first.verdict === "rejected") throw new Error(first.code satisfies string);
const second = await checkAgain(text);
const decide = await CHECKERS.rcnn.filter.first();
// @ts-expect-error bytes are no text
if (text === "") await check(new Uint8Array(1));
const verdicts: string[] = [first.verdict, second.verdict, decide(text).verdict, certificate.system, typeof tapeSymbol];
process.stdout.write(verdicts.join());
`;

beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", app], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(app, filename), "-C", installed, "--strip-components", "1"]);
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(app, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link, "junction");
  }
  writeFileSync(join(app, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(app, "types.d.ts"), "declare const process: { stdout: { write(text: string): void } };\n");
  writeFileSync(join(app, "use.ts"), CONSUMER);
}, 120_000);

describe("the packed package", () => {
  it("should run from the command line", () => {
    const main = join(installed, "dist/cli/main.js");
    const call = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { cwd: app, encoding: "utf8" });
    expect(call("--version")).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
    const certificate = join(installed, "certificates/bb2.json");
    expect(call("check", "--with", "both", certificate)).toMatchObject({ status: 0, stderr: "" });
  });

  it.each([
    ["Node", ["--module", "nodenext"]],
    ["bundlers", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])("should have types for every entry point as %s resolves it, and run", (_, options) => {
    // Types of TensorFlow.js are not right in themselves.
    const common = ["--strict", "--target", "es2023", "--types", "", "--skipLibCheck"];
    const { stdout } = spawnSync(process.execPath, [TSC, ...common, ...options, "use.ts", "types.d.ts"], {
      cwd: app,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    const run = spawnSync(process.execPath, ["use.js"], { cwd: app, encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stdout: "accepted,accepted,accepted,rcnn,function", stderr: "" });
  });

  it("should have no entry point that this does not use", () => {
    const entries = Object.keys(manifest.exports).filter((entry) => !/\.json$|\*/.test(entry));
    expect(entries).toEqual([".", "./arbitraries", "./checkers"]);
    for (const entry of entries) expect(CONSUMER).toContain(`"${entry.replace(".", "weightproof")}"`);
  });
});
