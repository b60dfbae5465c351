/**
 * Arbitraries for fast-check: cells, patches, grids, circuits, machines, histories of decoders, tables and training
 * sets of this project's definitions, for property tests of your own encodings. They shrink to small readable cases: blank before symbols, stay before moves, few
 * states, few points. What belongs to one paper is in a folder of its system's name.
 */
export * from "./wei-chen-ma/circuits.js";
export * from "./machines.js";
export * from "./rcnn/cells.js";
export * from "./tables.js";
export * from "./tape-machines.js";
export * from "./rcnn/training-sets.js";
