/**
 * What is mutated together, and the tests that have to notice. A mutant runs against the tests of its group only, so a group
 * names the fast ones that look at its files. Each room has groups of its own, and beside them its survivors.
 */
import { RCNN_GROUPS } from "./rcnn/groups.mjs";
import { SHARED_GROUPS } from "./shared/groups.mjs";
import { WEI_CHEN_MA_GROUPS } from "./wei-chen-ma/groups.mjs";

/** Groups by room: what all papers share, then each paper. */
const ROOMS = { shared: SHARED_GROUPS, rcnn: RCNN_GROUPS, "wei-chen-ma": WEI_CHEN_MA_GROUPS };

/** All groups by name, with the file that explains the survivors of each. */
export const GROUPS = {};
for (const [room, groups] of Object.entries(ROOMS)) {
  for (const [name, group] of Object.entries(groups)) {
    if (Object.hasOwn(GROUPS, name)) throw new Error(`groups: two rooms have a group ${name}`);
    GROUPS[name] = { ...group, survivors: `test/mutation/${room}/survivors/${name}.yaml` };
  }
}
