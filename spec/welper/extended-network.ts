/**
 * The extended network F of section 5, as amended: the node f_TM = root(l) f_perp(labels), the two switches, the loss, and the constants. What its tensors
 * hold at each step of training is computed here in numbers that float64 holds exactly.
 */
import { primaryValue, type Shape } from "./primary-network.js";

/** The numbers between which a switch turns: closed up to the first, open from the second on. */
export type Turn = readonly [from: number, to: number];

/** The piecewise linear cutoff of 5.2 and 5.3, two ReLUs: 0 up to `from`, 1 from `to` on. */
export function cutoff(t: number, [from, to]: Turn): number {
  return (Math.max(0, t - from) - Math.max(0, t - to)) / (to - from);
}

/**
 * How the loss of the machine enters the network. `held`: sqrt(2 ((l - \l\) + h)) with h read from the state, half the square of `running` while the machine
 * runs and of `halted` afterwards: the value is held, the gradient is that of l (amendment `held-root`). `printed`: sqrt(2 l).
 */
export type RootName = "held" | "printed";

/** The constants of an extended network. */
export interface ExtendedConstants {
  /** Labels are read as z + offset (amendment `label-offset`). */
  readonly offset: number;
  /** Values of the held root. */
  readonly held: { readonly running: number; readonly halted: number };
  /** s_init turns on |z|^2, s_net on |u|^2. */
  readonly turns: { readonly init: Turn; readonly net: Turn };
  /** B_stop */
  readonly stop: number;
}

/**
 * f_perp of Appendix C for labels -1 and 1, without a division: (-y_2, y_1, -y_4, y_3, 0, ...) / 2, of norm 1 and orthogonal to y (amendment
 * `dyadic-perp`). At least four labels.
 */
export function orthogonal(labels: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = labels;
  return labels.map((_, i) => ([-b, a, -d, c][i] ?? 0) / 2);
}

/** The loss (2) at the steps of training: first, while the machine runs (held root), after it has halted. */
export interface ExtendedLosses {
  readonly first: number;
  readonly running: number;
  readonly final: number;
}

/** What the losses are. @param theta the weights that the machine leaves */
export function extendedLosses(
  { offset, held }: ExtendedConstants,
  shape: Shape,
  theta: readonly number[],
  examples: readonly { readonly x: readonly number[]; readonly y: number }[],
): ExtendedLosses {
  const half = (errors: readonly number[]): number => errors.reduce((sum, error) => sum + error ** 2, 0) / 2;
  return {
    first: half(examples.map(({ y }) => offset - y)),
    // |u - y|^2 = |u|^2 + |y|^2, as u is orthogonal to y.
    running: (held.running ** 2 + examples.length) / 2,
    final: half(examples.map(({ x, y }) => primaryValue(shape, theta, x) - y)),
  };
}
