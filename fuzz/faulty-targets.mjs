// Targets that misbehave on inputs with an exclamation mark, to see that the watchdog notices.
const marked = (input) => Buffer.from(input).includes("!");

const target = (name, misbehave, timeLimit = 500) => ({
  name,
  seeds: () => [Buffer.from("calm"), Buffer.from("bad!")],
  timeLimit,
  memory: 64,
  run(input) {
    if (marked(input)) misbehave();
    return "read";
  },
});

export const TARGETS = [
  target("throws", () => {
    throw new TypeError("cannot read properties of nothing");
  }),
  target("hangs", () => {
    for (;;);
  }),
  target(
    "hoards",
    () => {
      const hoard = [];
      for (;;) hoard.push(Array.from({ length: 1000 }, (_, k) => `${hoard.length} ${k}`));
    },
    60_000,
  ),
  target("holds", () => undefined),
];
