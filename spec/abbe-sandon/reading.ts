/** Which amendments the practical reading embodies; amendments/abbe-sandon/ replays each, EMULATION.md says how it differs besides. */
export const EMULATION_AMENDMENTS: readonly string[] = ["outputs-are-vertices", "labels-of-samples"];
