import { claimsOfRuns } from "../unit/checkers/second/claims-of-runs.js";

claimsOfRuns("every part at every place", (lists) =>
  lists.reduce<readonly (readonly unknown[])[]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((element) => [...tuple, element])),
    [[]],
  ),
);
