/**
 * The commands, made of what the systems offer: a verb's options are those of all systems that have it. Systems load
 * the code of a verb when it is called, so that each command starts as fast as it can.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { InputError } from "../inputs/input-error.js";
import { chooseSystem } from "../systems/choose.js";
import type { ExitCode } from "../systems/exit-codes.js";
import { EXIT } from "../systems/exit-codes.js";
import {
  VERBS,
  type Io,
  type OptionSpec,
  type Options,
  type System,
  type Verb,
  type VerbName,
} from "../systems/system.js";

/** Makes the Io of a call; `--json` says whether JSON is printed. */
export type IoFactory = (json: boolean) => Io;

/** Verbs in the order of the help; "check" is the front door's own. */
const ORDER: readonly (VerbName | "check")[] = VERBS.flatMap((verb) =>
  verb === "certify" ? (["certify", "check"] as const) : [verb],
);

const HELP = `
MACHINE is a machine file (our YAML, turingmachine.io, Morphett, Golly, JFLAP), the name of a gallery machine, a
bbchallenge text such as 1RB1LB_1LA1RZ, a turmite of Golly such as "{{{1,2,0},{0,8,0}}}", or an ant such as RL.
Exit codes: 0 accepted, 1 rejected, 2 wrong usage or unreadable input, 3 undecided.`;

/**
 * The program of a command line.
 *
 * @param finish receives the exit code of the command that was called
 */
export function makeProgram(
  systems: readonly System[],
  version: string,
  makeIo: IoFactory,
  finish: (code: ExitCode) => void,
): Command {
  const program = new Command("weightproof")
    .description(
      "Compile Turing machines into network weights, and prove in exact arithmetic that the network computes them.",
    )
    .version(version)
    .showHelpAfterError("(weightproof --help lists the commands)")
    .addHelpText("after", HELP)
    .exitOverride();
  for (const name of ORDER) {
    if (name === "check") addCheck(program, systems, makeIo, finish);
    else addVerb(program, name, systems, makeIo, finish);
  }
  program
    .command("systems")
    .description("list the papers that are implemented, and what each offers")
    .addOption(asJson())
    .action(async ({ json }: { json?: boolean }) =>
      finish((await import("../systems/list.js")).listSystems(systems, makeIo(json === true))),
    );
  return program;
}

const asJson = (): Option => new Option("--json", "print JSON on stdout");

function addCheck(
  program: Command,
  systems: readonly System[],
  makeIo: IoFactory,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("check")
    .argument("<CERTIFICATE>")
    .description("decide a certificate from its own content and the specification")
    .addOption(
      new Option("--with <CHECKER>", "which of the three independent checkers to run; both: the first two")
        .choices(["first", "second", "both", "verified", "all"])
        .default("first"),
    )
    .option(
      "--statement <FILE>",
      "an in-toto Statement, bare or in its envelope, that must be the one about this certificate",
    )
    .option("--subject <FILE...>", "files that must be, byte for byte, the certificate or parts of it")
    .addOption(asJson())
    .action(async (file, options) => {
      const { checkVerb } = await import("../systems/check-verb.js");
      finish(await checkVerb(systems, makeIo(options.json === true), file, options));
    });
}

function addVerb(
  program: Command,
  name: VerbName,
  systems: readonly System[],
  makeIo: IoFactory,
  finish: (code: ExitCode) => void,
): void {
  const verbs = systems.flatMap(({ verbs: all }): Verb[] => (all[name] === undefined ? [] : [all[name]]));
  const [first] = verbs;
  if (first === undefined) return;
  const [parentName, childName] = name.split(" ") as [string, string?];
  const parent = childName === undefined ? program : program.commands.find((one) => one.name() === parentName);
  if (parent === undefined) throw new RangeError(`addVerb: expected ${parentName} before ${name}`);
  // What follows "audit search" belongs to the search, though "audit" may have an option of that name.
  const command = parent
    .enablePositionalOptions()
    .command(childName ?? parentName)
    .description(first.about);
  command.argument(first.argument, first.argumentAbout, first.argumentDefault);
  const second = verbs.find((verb) => verb.second !== undefined)?.second;
  if (second !== undefined) command.argument(second.argument, second.about);
  for (const option of distinctOptions(verbs)) command.addOption(optionOf(option));
  command.option("--system <ID>", `which paper, where several fit: ${systems.map(({ id }) => id).join(", ")}`);
  if (verbs.some(({ json }) => json)) command.addOption(asJson());
  command.action(async (argument: string | readonly string[], ...rest: readonly unknown[]) => {
    const options: Options = { ...command.opts(), ...(second === undefined ? {} : { [second.option]: rest[0] }) };
    const named = options["system"] as string | undefined;
    const asked = typeof argument === "string" ? argument : (argument[0] ?? "");
    const { system, verb } = await chooseSystem(systems, name, named, asked, options);
    refuseStray(command, systems, name, system);
    const call = await verb.load();
    finish(await call(makeIo(options["json"] === true), argument as never, options as never));
  });
}

/** Refuses an option that was given and is another system's: it would be left unread. @throws {InputError} */
function refuseStray(command: Command, systems: readonly System[], name: VerbName, chosen: System): void {
  const flagOf = (flags: string): string => optionOf({ flags, about: "" }).attributeName();
  const takes = ({ verbs }: System, flag: string): boolean =>
    verbs[name]?.options.some(({ flags }) => flagOf(flags) === flag) === true;
  for (const option of command.options) {
    const flag = option.attributeName();
    const others = systems.filter((system) => takes(system, flag)).map(({ id }) => id);
    if (command.getOptionValueSource(flag) !== "cli" || others.length === 0 || others.includes(chosen.id)) continue;
    const long = option.long ?? option.flags;
    throw new InputError(
      `${long}: ${name} of ${chosen.id} has no such option; with --system ${others.join(" or ")} it has`,
    );
  }
}

/** The options of all systems; of those with the same flags the first, with the choices of all. */
function distinctOptions(verbs: readonly Verb[]): OptionSpec[] {
  const byFlags = new Map<string, OptionSpec>();
  for (const option of verbs.flatMap(({ options }) => options)) {
    const before = byFlags.get(option.flags);
    const choices = [...new Set([...(before?.choices ?? []), ...(option.choices ?? [])])];
    byFlags.set(option.flags, { ...(before ?? option), ...(choices.length === 0 ? {} : { choices }) });
  }
  return [...byFlags.values()];
}

function optionOf({ flags, about, choices, default: value, required, conflicts, parse }: OptionSpec): Option {
  const option = new Option(flags, about);
  if (choices !== undefined) option.choices(choices);
  if (parse !== undefined) {
    option.argParser((text: string, before: unknown) => {
      try {
        return parse(text, before);
      } catch (error) {
        throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
      }
    });
  }
  if (value !== undefined) option.default(value);
  if (required === true) option.makeOptionMandatory();
  if (conflicts !== undefined) option.conflicts(conflicts);
  return option;
}

/**
 * What is printed of whatever went wrong, and the exit code: the user's input, the usage, or a fault of this program.
 */
export function report(error: unknown, hasArguments: boolean): { readonly code: ExitCode; readonly text: string } {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  if (typeof code === "string" && code.startsWith("commander.")) {
    // Commander has printed its own message; asking for help or the version is not an error.
    const asked = ["commander.help", "commander.helpDisplayed", "commander.version"].includes(code);
    return { code: asked && hasArguments ? EXIT.accepted : EXIT.usage, text: "" };
  }
  const line = (message ?? String(error)).replaceAll(/\s*\n\s*/g, " ");
  return { code: EXIT.usage, text: `weightproof: ${name === "InputError" ? "" : "internal error: "}${line}\n` };
}
