/** Which system a command is for. */
import { InputError, quoteInput } from "../inputs/input-error.js";
import type { Options, System, Verb, VerbName } from "./system.js";

/** A system, and its verb that is to be called. */
export interface Chosen {
  readonly system: System;
  readonly verb: Verb;
}

/**
 * The system that is named; else the first one where it takes the argument, as it did when it was alone; else the only one
 * that takes it.
 *
 * @param name what --system says
 * @throws {InputError} naming the choices, if there is no such system, it lacks the verb, or none or several fit
 */
export async function chooseSystem(
  systems: readonly System[],
  verb: VerbName,
  name: string | undefined,
  argument: string,
  options: Options,
): Promise<Chosen> {
  const able = systems.flatMap((system): Chosen[] => {
    const found = system.verbs[verb];
    return found === undefined ? [] : [{ system, verb: found }];
  });
  const choices = able.map(({ system }) => system.id).join(", ");
  if (name !== undefined) {
    const named = able.find(({ system }) => system.id === name);
    if (named !== undefined) return named;
    if (!systems.some(({ id }) => id === name)) {
      const ids = systems.map(({ id }) => id).join(", ");
      throw new InputError(`--system ${quoteInput(name)}: there is no such system; there are ${ids}`);
    }
    throw new InputError(`--system ${name}: it has no ${verb}; systems that have one: ${choices}`);
  }
  const [only, ...others] = able;
  if (only === undefined) throw new InputError(`no system has ${verb}`);
  if (others.length === 0) return only;
  const reasons: string[] = [];
  const fitting: Chosen[] = [];
  for (const one of able) {
    const taken = (await one.verb.takes?.(argument, options)) ?? true;
    if (taken !== true) reasons.push(`${one.system.id}: ${taken}`);
    else if (one === only) return one;
    else fitting.push(one);
  }
  const [first, ...more] = fitting;
  if (first === undefined) throw new InputError(reasons.join("; "));
  if (more.length === 0) return first;
  const fit = fitting.map(({ system }) => system.id).join(", ");
  throw new InputError(`${quoteInput(argument)} fits several systems; choose one with --system: ${fit}`);
}
