/** Whether an argument is a machine that this system takes. */
import { InputError } from "../../inputs/input-error.js";
import { loadMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";

/** True, or the reason why not. */
export function takesMachine(argument: string, format: unknown): true | string {
  try {
    loadMachine(argument, { format: format as LoadOptions["format"] });
    return true;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
