/** Replays the counterexample of an amendment, and draws it where it is a patch. */
import type { Amendment } from "../../amendments/amendment.js";
import { InputError } from "../../inputs/input-error.js";
import type { Replayed } from "./protocol.js";

/** The amendments of each paper, loaded when one is replayed. */
const ROOMS: Readonly<Record<string, () => Promise<readonly Amendment[]>>> = {
  rcnn: async () => (await import("../../amendments/rcnn/index.js")).AMENDMENTS,
  "wei-chen-ma": async () => (await import("../../amendments/wei-chen-ma/index.js")).AMENDMENTS,
};

/** Computes both readings. @throws {InputError} if there is no such amendment */
export async function replay({ system, id }: { readonly system: string; readonly id: string }): Promise<Replayed> {
  const found = (await ROOMS[system]?.())?.find((one) => one.id === id);
  if (found === undefined) throw new InputError(`there is no amendment ${id} of ${system}`);
  const { instance, printed, amended } = found.replay();
  const drawings = system === "rcnn" ? (await import("../../audit/rcnn/drawings.js")).drawings() : [];
  return {
    place: found.place,
    printed: found.printed,
    amended: found.amended,
    reason: found.reason,
    instance,
    found: { printed: printed.found, amended: amended.found },
    drawing: drawings.find(({ amendment }) => amendment === id) ?? null,
  };
}
