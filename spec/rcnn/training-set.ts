/** Labelled points of the hypercube X_d = {-1, 1}^d (section 2): what a training set is made of. */

/** A coordinate or a label. */
export type Sign = 1 | -1;

/** A point of X_d. */
export type Point = readonly Sign[];

/** A labelled point (x, y). */
export interface Example {
  readonly x: Point;
  readonly y: Sign;
}
