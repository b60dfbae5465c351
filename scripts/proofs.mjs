// npm run proofs [-- --rebuild]: checks the proofs in proofs/ with Rocq (Coq), and builds the checker that is extracted from
// them, natively and for Node. Says what is missing and installs nothing. Exit codes: 0 done, 1 a proof or a rule is broken,
// 2 something is missing.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PROOFS = "proofs";
const BUILD = join(PROOFS, "build");
const FILES = readFileSync(join(PROOFS, "_CoqProject"), "utf8").match(/^\w+\.v$/gm);
const IN_THE_KERNEL = ["bb2", "bb3", "bb4", "bb5"];
const TOOLS = [
  ["coqc", ["--version"], "coq"],
  ["ocamlfind", ["query", "zarith"], "ocaml-nox ocaml-findlib libzarith-ocaml-dev"],
  ["js_of_ocaml", ["--version"], "js-of-ocaml"],
];

function fail(message, code = 1) {
  process.stderr.write(`proofs: ${message}\n`);
  process.exit(code);
}

function run(command, args, cwd = ".") {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error !== undefined || status !== 0) fail(`${command} ${args.join(" ")}\n${error ?? stdout + stderr}`);
  return stdout + stderr;
}

/** A proof that is left out would still build; what would leave one out must not occur outside of comments. */
function refuseHoles(file) {
  const text = readFileSync(join(PROOFS, file), "utf8").replaceAll(/\(\*[\s\S]*?\*\)/g, "");
  const holes =
    text.match(/\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|bypass_check|Unset Guard Checking)\b/g) ?? [];
  if (holes.length > 0) fail(`${file}: ${holes.length} holes: ${holes.join(", ")}`);
}

/** What the library's real numbers rest on; a theorem may rest on it in these files alone. */
const OVER_REALS = ["OverReals.v"];
const LIBRARY_AXIOMS = [
  "ClassicalDedekindReals.sig_forall_dec",
  "FunctionalExtensionality.functional_extensionality_dep",
];

/** Each Print Assumptions must say that there are none, or over the reals those of the library. Returns how many were asked. */
function refuseAssumptions(file, output) {
  const asked = (readFileSync(file, "utf8").match(/^Print Assumptions /gm) ?? []).length;
  const said = (output.match(/^(?:Closed under the global context|Axioms:)$/gm) ?? []).length;
  const axioms = output.match(/^(?!Closed under|Axioms:|Warning|File )[\w.]+/gm) ?? [];
  const allowed = OVER_REALS.some((name) => file.endsWith(name)) ? LIBRARY_AXIOMS : [];
  const others = axioms.filter((axiom) => !allowed.includes(axiom));
  if (asked !== said || others.length > 0) fail(`${file}: ${asked} theorems, assumptions of ${said}\n${output}`);
  return asked;
}

const missing = TOOLS.filter(([command, args]) => spawnSync(command, args).status !== 0).map(
  ([, , packages]) => packages,
);
if (missing.length > 0) fail(`missing: apt-get install --no-install-recommends ${missing.join(" ")}`, 2);

/** When a file was last written; 0 if there is none. */
const made = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const started = Date.now();
mkdirSync(BUILD, { recursive: true });
const rebuild = process.argv.includes("--rebuild");
let [theorems, overReals] = [0, 0];
let lines = 0;
let stale = rebuild;
/** When the object before was made: whoever compiles one by hand makes those after it stale. */
let before = 0;
for (const file of FILES) {
  refuseHoles(file);
  const [source, object] = [join(PROOFS, file), join(PROOFS, `${file}o`)];
  const text = readFileSync(source, "utf8");
  lines += text.split("\n").length - 1;
  // What a theorem rests on is printed only while its file is compiled.
  stale ||= made(object) < Math.max(made(source), before) || /^Print Assumptions/m.test(text);
  before = made(object);
  if (!stale) continue;
  const output = run("coqc", ["-Q", ".", "WP", file], PROOFS);
  const asked = refuseAssumptions(source, output);
  if (OVER_REALS.includes(file)) overReals += asked;
  else theorems += asked;
}
process.stdout.write(
  `proofs: ${FILES.length} files, ${lines} lines, ${theorems} theorems, nothing admitted, no axioms; ` +
    `${overReals} over the reals, with the library's ${LIBRARY_AXIOMS.length}\n`,
);

run(process.execPath, [join("scripts", "setup.mjs"), "--build"]);
const { rocqFile } = await import("../dist/exports/rcnn/rocq.js");
for (const name of IN_THE_KERNEL) {
  const file = join(BUILD, `${name}.v`);
  writeFileSync(file, rocqFile(JSON.parse(readFileSync(join("certificates", `${name}.json`), "utf8"))));
  const from = Date.now();
  refuseAssumptions(file, run("coqc", ["-Q", "..", "WP", `${name}.v`], BUILD));
  process.stdout.write(`proofs: ${name}: decided by the kernel in ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
}

const SHELL = join(PROOFS, "shell");
const CHECKER = ["checker.mli", "checker.ml", "json.ml", "decide.ml", "command.ml", "main.ml"];
const PROBE = ["definitions.mli", "definitions.ml", "probe.ml"];
/** The shell's sources for a target, with those that it shares and what was extracted, in a folder of their own. */
function sources(target) {
  const folder = join(BUILD, target);
  rmSync(folder, { recursive: true, force: true });
  cpSync(SHELL, folder, { recursive: true, filter: (path) => path === SHELL || /\.mli?$/.test(path) });
  cpSync(join(SHELL, target), folder, { recursive: true });
  for (const name of ["checker", "definitions"])
    for (const kind of ["ml", "mli"]) copyFileSync(join(BUILD, `${name}.${kind}`), join(folder, `${name}.${kind}`));
  return folder;
}
const INTEGERS = ["raw.ml", "integer.mli", "integer.ml"];
const ZARITH = ["ocamlopt", "-O3", "-inline", "200", "-w", "-a", "-package", "zarith", "-linkpkg"];
const native = sources("native");
run("ocamlfind", [...ZARITH, ...INTEGERS, ...CHECKER, "-o", "../verified"], native);
run("ocamlfind", [...ZARITH, ...INTEGERS, ...PROBE, "-o", "../probe"], native);
const js = sources("js");
run("ocamlfind", ["ocamlc", "-w", "-a", "-custom", "stubs.c", ...INTEGERS, ...CHECKER, "-o", "verified.byte"], js);
run("js_of_ocaml", ["--opt", "3", "raw.js", "entry.js", "verified.byte", "-o", "../verified.cjs"], js);
process.stdout.write(
  `proofs: ${join(BUILD, "verified")} and ${join(BUILD, "verified.cjs")}; ${((Date.now() - started) / 1000).toFixed(0)} s in all\n`,
);
