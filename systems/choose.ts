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
 * that takes it. Where none takes it and all but one say that it is no source of theirs at all, that one.
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
  const refusing: { readonly chosen: Chosen; readonly reason: string }[] = [];
  const fitting: Chosen[] = [];
  for (const one of able) {
    const taken = (await one.verb.takes?.(argument, options)) ?? true;
    if (taken === true && one === only) return one;
    if (taken === true) fitting.push(one);
    else if (taken !== false) refusing.push({ chosen: one, reason: taken });
  }
  const [first, ...more] = fitting;
  if (first === undefined) {
    // Where only one could have meant it, the verb itself says what is wrong.
    const [one, another] = refusing;
    if (another === undefined) return one?.chosen ?? only;
    throw new InputError(refusing.map(({ chosen, reason }) => `${chosen.system.id}: ${reason}`).join("; "));
  }
  if (more.length === 0) return first;
  const fit = fitting.map(({ system }) => system.id).join(", ");
  throw new InputError(`${quoteInput(argument)} fits several systems; choose one with --system: ${fit}`);
}
