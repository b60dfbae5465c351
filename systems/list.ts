/** systems: what is built here. */
import { EXIT, type ExitCode } from "./exit-codes.js";
import { labelled, printJson } from "./print-verdict.js";
import { VERBS, type Io, type System, type VerbName } from "./system.js";

/** Prints what each system offers, for people or as JSON. */
export function listSystems(systems: readonly System[], io: Io): ExitCode {
  if (io.json) printJson(io, systems.map(asJson));
  else io.print(systems.map(asText).join("\n"));
  return EXIT.accepted;
}

function verbsOf({ verbs }: System): VerbName[] {
  return VERBS.filter((verb) => verbs[verb] !== undefined);
}

function asJson(system: System): object {
  const { id, title, citation, link, sources, statements } = system;
  return { id, title, citation, link, sources, statements, verbs: verbsOf(system) };
}

function asText(system: System): string {
  const { id, title, citation, link, sources, statements } = system;
  return `${id}: ${title}\n${labelled([
    ["paper", `${citation}; ${link}`],
    ["takes", sources.join("; ")],
    ...Object.entries(statements).map(([name, about]) => [name, about] as const),
    ["verbs", verbsOf(system).join(", ")],
  ])}`;
}
