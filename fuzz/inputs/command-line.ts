/** The command line as a process: exit code, one line on stderr, no stack trace. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MACHINE_FORMATS, WRITTEN_FORMATS } from "../../inputs/machines/format-names.js";
import { galleryTexts, projectFile, projectFiles, PROJECT, seedsOf } from "../seeds.js";
import { assertHolds, assertOneLine, type Target } from "../target.js";
import { textOf } from "../text.js";
import { BBCHALLENGE, GOLLY, JFLAP, MORPHETT, TURING_2D, TURINGMACHINE_IO } from "./machine-texts.js";

/** One way to hand a file to the command; `input` stands for its path. */
type Call = (input: string, number: number) => readonly string[];

const CALLS: readonly Call[] = [
  (input) => ["certify", input],
  (input, number) => [
    "certify",
    input,
    "--format",
    MACHINE_FORMATS[number % MACHINE_FORMATS.length] as string,
    "--json",
  ],
  (input) => ["check", input],
  (input) => ["check", input, "--with", "both", "--json"],
  (input) => ["run", input, "--steps", "50"],
  (input) => ["trace", input, "--steps", "5"],
  (input, number) => ["convert", input, "--to", WRITTEN_FORMATS[number % WRITTEN_FORMATS.length] as string],
  (input) => ["synthesize", input],
  (input) => ["trace", "parity", "--data", input, "--steps", "3"],
  (input) => ["regenerate", join(input, ".."), "--check"],
  (input) => ["audit", "merge", input],
];

/** Longest run of a command, in milliseconds. */
const COMMAND_LIMIT = 60_000;

function assertTidy(args: readonly string[]): string {
  const { status, signal, stderr, error } = spawnSync(process.execPath, [join(PROJECT, "dist/cli/main.js"), ...args], {
    encoding: "utf8",
    timeout: COMMAND_LIMIT,
    maxBuffer: 2 ** 28,
  });
  const what = `weightproof ${args[0] ?? ""} ${args.slice(2).join(" ")}`;
  assertHolds(error === undefined, `${what}: ${String(error)}`);
  assertHolds(status !== null && status <= 3, `${what}: ended with ${status ?? signal}: ${stderr.slice(0, 500)}`);
  assertHolds(!/internal error|^\s+at /m.test(stderr), `${what}: ${stderr.slice(0, 500)}`);
  // Wrong usage has a second line, which names --help, and quotes the argument as it was typed.
  if (status === 2 && !stderr.startsWith("error: ")) {
    assertHolds(/^[^\n]+\n$/.test(stderr), `${what}: more or less than one line: ${stderr.slice(0, 500)}`);
    assertOneLine(stderr.slice(0, -1));
  }
  return `${args[0]}: ${status} ${stderr.replaceAll(/"(?:[^"\\]|\\.)*"|\/\S+|[0-9]+/g, "").slice(0, 60)}`;
}

/** A file in a folder of its own, handed to a command; the length and a byte of the file choose the command. */
const files: Target = {
  name: "command-line",
  seeds: () => [
    ...galleryTexts(1500),
    ...projectFiles("examples", ".csv").slice(0, 1),
    projectFile("certificates", "bb2.json"),
    projectFile("certificates", "certificates.yaml"),
    ...seedsOf(...BBCHALLENGE, ...GOLLY, ...JFLAP, ...MORPHETT, ...TURING_2D, ...TURINGMACHINE_IO)(),
  ],
  words: ["table:", "name:", "certificates:", "{", "[", '"'],
  timeLimit: 2 * COMMAND_LIMIT,
  shortRun: 4,
  run(input) {
    const folder = mkdtempSync(join(tmpdir(), "weightproof-fuzz-"));
    try {
      const number = input.length + (input.at(-2) ?? 0);
      const call = CALLS[number % CALLS.length] as Call;
      const path = join(folder, number % CALLS.length === 9 ? "certificates.yaml" : "input.txt");
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, input);
      return assertTidy(call(path, number));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Arguments themselves: what is typed as MACHINE, and as the values of options. */
const typed: Target = {
  name: "arguments",
  seeds: seedsOf(...BBCHALLENGE, ...GOLLY, "bb4", "--help", "-1", "", "5x15"),
  words: ["--json", "--steps", "=", "-", "1RB", "{", "x"],
  timeLimit: 2 * COMMAND_LIMIT,
  shortRun: 2,
  run(input) {
    // Commands cannot be given NUL, and files are for the other target.
    const text = textOf(input)
      .replaceAll(/[\0/\\]/g, "-")
      .slice(0, 20_000);
    const calls: readonly (readonly string[])[] = [
      ["run", text, "--steps", "20"],
      ["convert", text, "--to", "yaml"],
      ["run", "bb2", "--steps", text],
      ["trace", "bb2", "--grid", text, "--steps", "2"],
      ["check", "missing.json", "--with", text],
      ["audit", text],
    ];
    return assertTidy(calls[input.length % calls.length] as readonly string[]);
  },
};

/** The command line, fed with files and with arguments. */
export const COMMAND_TARGETS: readonly Target[] = [files, typed];
