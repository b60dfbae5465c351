/** A system of a few lines, as whoever adds a paper would write one: its certificates claim that a number is even. */
import { rejected } from "../../../checkers/verdict.js";
import { EXIT } from "../../../systems/exit-codes.js";
import type { Io, StatementCheckers, System, Verb, VerbFunction, VerbName } from "../../../systems/system.js";
import { VERBS } from "../../../systems/system.js";

const EVEN: StatementCheckers = {
  first: (text) => {
    const { number } = JSON.parse(text) as { number: number };
    if (number % 2 !== 0) return rejected("odd", "number", `${number} is odd`);
    return {
      verdict: "accepted",
      result: { title: `${number}`, lines: [["half", `${number / 2}`]], json: { number } },
    };
  },
};

/** Prints its own name, argument and options; takes what begins with the system's letter. */
const verbOf = (id: string, name: VerbName): Verb => ({
  about: `${name} of ${id}`,
  argument: "<THING>",
  options: [{ flags: `--${id} <N>`, about: "a number", parse: Number }],
  json: true,
  takes: (argument) => Promise.resolve(argument.startsWith(id[0] as string) ? true : `${argument} is not mine`),
  load: (): Promise<VerbFunction> =>
    Promise.resolve((io: Io, argument: string, options: Record<string, unknown>) => {
      io.print(`${id} ${name} ${argument} ${String(options[id])}\n`);
      return EXIT.accepted;
    }),
});

export function toySystem(id: string, verbs: readonly VerbName[] = VERBS): System {
  return {
    id,
    title: `Toys ${id}`,
    citation: "nobody",
    link: "https://example.org",
    sources: ["words"],
    statements: { even: "a number is even" },
    verbs: Object.fromEntries(verbs.map((name) => [name, verbOf(id, name)])),
    checkers: () => Promise.resolve({ even: EVEN }),
  };
}
