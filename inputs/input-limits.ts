/** Every limit on machine files, in one place. They bound the time that a hostile file can take, and nothing else. */

/** Largest file that is read, in bytes. A canonical file of MAX_STATES states with short names has about 600 KiB. */
export const MAX_FILE_BYTES: number = 2 ** 20;

/** Largest number of states of a machine, halting ones included. */
export const MAX_STATES: number = 4096;

/** Longest name of a machine or a state, in characters (Unicode code points). */
export const MAX_NAME_LENGTH: number = 64;

/** Longest `about` or `source` text, in characters (Unicode code points). */
export const MAX_NOTE_LENGTH: number = 1000;

/** Most symbols of a machine on tapes that is reduced to the grid. */
export const MAX_TAPE_SYMBOLS: number = 256;

/** Deepest nesting of brackets in a YAML file; the format itself needs four. */
export const MAX_NESTING: number = 32;

/** Most entries that the wildcards of one state stand for. */
export const MAX_TABLE_ENTRIES: number = 65_536;

/** Most tapes of a machine. */
export const MAX_TAPES: number = 3;
