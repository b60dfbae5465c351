#!/usr/bin/env node
/** The command line. Commands are loaded when they are called, so that each starts as fast as it can. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { MACHINE_FORMATS, WRITTEN_FORMATS } from "../construction/machines/format-names.js";
import { EXPORT_FORMATS, PRECISIONS, SMT_FORMS } from "../exports/export-formats.js";
import { EXIT, type ExitCode } from "./exit-codes.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("weightproof")
  .description(
    "Compile Turing machines into network weights, and prove in exact arithmetic that the network computes them.",
  )
  .version(version)
  .showHelpAfterError("(weightproof --help lists the commands)")
  .addHelpText(
    "after",
    "\nMACHINE is a machine file (our YAML, turingmachine.io, Morphett, Golly, JFLAP), the name of a gallery machine, a\n" +
      'bbchallenge text such as 1RB1LB_1LA1RZ, a turmite of Golly such as "{{{1,2,0},{0,8,0}}}", or an ant such as RL.\n' +
      "Exit codes: 0 accepted, 1 rejected, 2 wrong usage or unreadable input, 3 undecided.",
  )
  .exitOverride();

const asJson = (): Option => new Option("--json", "print JSON for programs on stdout");
const asFormat = (): Option =>
  new Option("--format <NAME>", "format of MACHINE; recognised if not given").choices(MACHINE_FORMATS);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Expected a whole number.");
  return value;
}

function collectNumbers(text: string, before: readonly number[] = []): number[] {
  return [...before, wholeNumber(text)];
}

function gridSize(text: string): [rows: number, columns: number] {
  const match = /^([1-9][0-9]{0,2})x([1-9][0-9]{0,2})$/.exec(text);
  if (match === null) throw new InvalidArgumentError("Expected ROWSxCOLUMNS, each from 1 to 999.");
  return [Number(match[1]), Number(match[2])];
}

program
  .command("certify")
  .argument("<MACHINE>")
  .description("compile a machine into a filter, prove it, write a certificate")
  .option("-o, --out <FILE>", "write the certificate to FILE (- for stdout)")
  .addOption(
    new Option("--alphabet <NAME>", "cell values to prove it on")
      .choices(["well-formed", "full"])
      .default("well-formed"),
  )
  .option("--statement <FILE>", "write an in-toto Statement about certificate and filter to FILE, for signing")
  .option("--filter <FILE>", "write the filter's exact bytes (canonical JSON) to FILE")
  .addOption(asFormat())
  .addOption(asJson())
  .action(async (machine, options) => finish((await import("./commands/certify.js")).certifyCommand(machine, options)));

program
  .command("check")
  .argument("<CERTIFICATE>")
  .description("decide a certificate from its own content and the specification")
  .addOption(
    new Option("--with <CHECKER>", "which of two checkers without common code decides")
      .choices(["first", "second", "both"])
      .default("first"),
  )
  .option("--statement <FILE>", "an in-toto Statement, bare or in its envelope, that must be the certificate's own")
  .option("--subject <FILE...>", "files whose bytes must be those that the certificate speaks of")
  .addOption(asJson())
  .action(async (file, options) => finish((await import("./commands/check.js")).checkCommand(file, options)));

program
  .command("export")
  .argument("<CERTIFICATE>")
  .description("write a certified filter for other tools; what cannot be written exactly is refused")
  .addOption(new Option("--to <FORMAT>", "format to write").choices(EXPORT_FORMATS).makeOptionMandatory())
  .requiredOption("-o, --out <DIR>", "folder to write to; made if it is not there")
  .addOption(new Option("--precision <NAME>", "of ONNX models").choices(PRECISIONS).default("float32"))
  .addOption(new Option("--form <NAME>", "how SMT-LIB queries write V1 and V2").choices(SMT_FORMS).default("tables"))
  .addOption(asJson())
  .action(async (file, options) => finish((await import("./commands/export.js")).exportCommand(file, options)));

program
  .command("run")
  .argument("<MACHINE>")
  .description("roll the filter out from a blank tape, in exact arithmetic")
  .option("--steps <N>", "stop after N steps of the machine", wholeNumber)
  .option("--svg <FILE>", "draw the run, layer by layer")
  .addOption(asFormat())
  .addOption(asJson())
  .action(async (machine, options) => finish((await import("./commands/run.js")).runCommand(machine, options)));

program
  .command("convert")
  .argument("<MACHINE>")
  .description("write a machine in another format")
  .addOption(new Option("--to <NAME>", "format to write").choices(WRITTEN_FORMATS).makeOptionMandatory())
  .option("-o, --out <FILE>", "write to FILE (stdout if not given)", "-")
  .addOption(asFormat())
  .action(async (machine, options) => finish((await import("./commands/convert.js")).convertCommand(machine, options)));

program
  .command("learn")
  .argument("<MACHINE>")
  .description("train the network on examples by SGD and predict, on tensors and in exact integers")
  .requiredOption("--data <CSV>", "training set: entries 1 and -1 (or 0), label last, header optional")
  .addOption(new Option("--test <CSV>", "points to predict, with or without labels").conflicts("all"))
  .option("--all", "predict all 2^d points (default: the training points)")
  .addOption(
    new Option("--backend <NAME>", "force an engine (default: the best that is here)").choices([
      "tensorflow",
      "webgpu",
      "wasm",
      "cpu",
      "exact",
    ]),
  )
  .option("--layers <L>", "number of recurrent layers (default: as many as the runs need)", wholeNumber)
  .option("--columns <C>", "number of padding columns (default: as many as the runs need)", wholeNumber)
  .option("--svg <FILE>", "draw training and the run for the first point, layer by layer")
  .option("--certificate <FILE>", "write a certificate of the run, which check replays")
  .addOption(asFormat())
  .addOption(asJson())
  .action(async (machine, options) =>
    finish(await (await import("./commands/learn.js")).learnCommand(machine, options)),
  );

program
  .command("trace")
  .argument("<MACHINE>")
  .description("show a machine's run configuration by configuration, with the source lines of a compiled one")
  .option("--data <CSV>", "start on the XOR tape of a training set (default: on a blank grid)")
  .option("--point <X>", "the point to predict, such as 1,-1,1 (default: the first example's)")
  .option("--columns <C>", "padding columns beside the data", wholeNumber, 2)
  .option("--grid <RxC>", "size of a blank grid", gridSize, [5, 15])
  .option("--break <LABEL...>", "stop only where the machine comes to a label or a state")
  .option("--at <STEP...>", "stop only after so many steps", collectNumbers)
  .option("--steps <N>", "show at most N steps", wholeNumber, 20)
  .addOption(asFormat())
  .addOption(asJson())
  .action(async (machine, options) => finish((await import("./commands/trace.js")).traceCommand(machine, options)));

program
  .command("synthesize")
  .argument("<TABLE>")
  .description("build the network of Lemma 5 for a table of points, values and Jacobians (JSON)")
  .option("-o, --out <FILE>", "write the network to FILE (- for stdout)")
  .addOption(asJson())
  .action(async (table, options) =>
    finish((await import("./commands/synthesize.js")).synthesizeCommand(table, options)),
  );

program
  .command("regenerate")
  .argument("[DIR]", "folder with certificates", "certificates")
  .description("rebuild every certificate of a folder from its machines")
  .option("--check", "write nothing; fail on the first difference and show it")
  .addOption(asJson())
  .action(async (folder, options) =>
    finish((await import("./commands/regenerate.js")).regenerateCommand(folder, options)),
  );

const audit = program
  .command("audit")
  .argument("[CLAIM...]", "claims of the paper; all of them if absent")
  .description("decide the paper's claims from their evidence; audit search runs Corollary 2 in miniature")
  .option("--check", "print only whether every stated verdict follows")
  .option("--html <FILE>", "write the report as one HTML page (- for stdout)")
  .addOption(asJson())
  .action(async (claims, options) => finish((await import("./commands/audit.js")).auditCommand(claims, options)));

audit
  .command("search")
  .argument("[CLASS]", "class of machines to search", "one-state")
  .description("run every machine of a class through its filter, and choose by validation set")
  .option("-o, --out <FILE>", "keep the state in FILE; an unfinished one is continued")
  .option("--shard <I/N>", "only the I-th of N parts")
  .option("--workers <N>", "worker threads (default: one a core)", wholeNumber)
  .action(async (name, options) =>
    finish(await (await import("./commands/audit-search.js")).searchCommand(name, options)),
  );

audit
  .command("merge")
  .argument("<FILE...>", "finished parts of one search")
  .description("join the parts of a search, and choose by validation set")
  .option("-o, --out <FILE>", "write the joined state to FILE (- for stdout)")
  .action(async (files, options) => finish((await import("./commands/audit-search.js")).mergeCommand(files, options)));

function finish(code: ExitCode): void {
  process.exitCode = code;
}

/** One line for whatever went wrong: the user's input, the usage, or a fault of this program. */
function report(error: unknown): void {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  if (typeof code === "string" && code.startsWith("commander.")) {
    // Commander has printed its own message; asking for help or the version is no error.
    const asked = ["commander.help", "commander.helpDisplayed", "commander.version"].includes(code);
    process.exitCode = asked && process.argv.length > 2 ? EXIT.accepted : EXIT.usage;
    return;
  }
  const text = (message ?? String(error)).replaceAll(/\s*\n\s*/g, " ");
  process.stderr.write(`weightproof: ${name === "InputError" ? "" : "internal error: "}${text}\n`);
  process.exitCode = EXIT.usage;
}

// A reader that has seen enough (head, a closed pager) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.accepted);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  report(error);
}
