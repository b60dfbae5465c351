/** Every limit on circuit files, in one place. They bound the time that a hostile file can take, and nothing else. */

/** Largest file of a circuit, in bytes: 64 MiB. */
export const MAX_CIRCUIT_BYTES: number = 2 ** 26;

/** Most inputs of a circuit. */
export const MAX_CIRCUIT_INPUTS: number = 2 ** 16;

/** Most outputs of a circuit. */
export const MAX_CIRCUIT_OUTPUTS: number = 2 ** 16;

/** Most AND gates of a circuit, those included that gates of other kinds are made of. */
export const MAX_CIRCUIT_GATES: number = 2 ** 21;

/** Longest name of an input, an output or a signal, in UTF-16 units. */
export const MAX_SIGNAL_NAME: number = 200;
