/**
 * Arbitraries for fast-check: cells, patches, grids, circuits, machines, histories of decoders, tables and training sets of this project's definitions, for
 * property tests of your own encodings. They shrink to small readable cases: blank before symbols, stay before moves, few
 * states, few points.
 */
export * from "./cells.js";
export * from "./circuits.js";
export * from "./machines.js";
export * from "./tables.js";
export * from "./tape-machines.js";
export * from "./training-sets.js";
