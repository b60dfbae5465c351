/** Whether an argument is a machine that this system takes. */
import { InputError } from "../../inputs/input-error.js";
import { loadAnyMachine, type LoadOptions } from "../../inputs/machines/load-machine.js";

/** True, or the reason why not. */
export function takesMachine(argument: string, options: LoadOptions): true | string {
  try {
    loadAnyMachine(argument, options);
    return true;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
