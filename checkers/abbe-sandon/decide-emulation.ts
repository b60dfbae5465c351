/** All claims about an emulation net, decided from its numbers in the order in which the proof needs them. */
import type { EmulationVerdictsJson } from "../../certificates/abbe-sandon/emulation-certificate.js";
import type { EmulationNet } from "../../spec/abbe-sandon/emulation-net.js";
import type { Learner } from "../../spec/abbe-sandon/learner.js";
import { formatRational } from "../../spec/exact/rational.js";
import { accepted, type Verdict } from "../verdict.js";
import { withinWork, Work } from "../work.js";
import { LiteralTable } from "../wei-chen-ma/literal-table.js";
import { checkFunction } from "./check-function.js";
import { checkGadgets, type GadgetFault } from "./check-gadgets.js";
import { checkGates, openLiteral, type Signal } from "./check-gates.js";
import { Exactness } from "./exactness.js";
import { readRoles } from "./roles.js";

/** Codes with which the claims are rejected. */
export type EmulationDecisionFault = "roles" | "gate" | GadgetFault | "function";

/** Decides that training the net is running the learner: for every sequence of samples, the net answers as the learner does. */
export function decideEmulation(
  learner: Learner,
  net: EmulationNet,
  work: Work = new Work(),
): Verdict<EmulationDecisionFault, EmulationVerdictsJson> {
  return withinWork(() => decide(learner, net, work));
}

function decide(
  learner: Learner,
  net: EmulationNet,
  work: Work,
): Verdict<EmulationDecisionFault, EmulationVerdictsJson> {
  const { graph, gadgets } = net;
  const roles = readRoles(net, learner.memory);
  if ("verdict" in roles) return roles;
  const vertices = 1 + graph.inputs + graph.computed.length;
  const table = new LiteralTable(learner.inputs + learner.memory, work);
  const exactness = new Exactness();
  exactness.sum([net.learningRate]);
  const gates = checkGates(net, roles, table, work, exactness);
  if ("verdict" in gates) return gates;
  // m + m' gadgets.
  const copies = gadgets.length - learner.memory;
  const decided = checkGadgets(net, gates.signals, copies, work, exactness);
  if ("verdict" in decided) return decided;
  const openings = gadgets.map(
    ({ controls: [raise, lower] }) => [openOf(gates.signals[raise]), openOf(gates.signals[lower])] as const,
  );
  const checked = checkFunction(learner, openings, copies, vertices, table, work);
  if ("verdict" in checked) return checked;
  const edges = graph.computed.reduce((sum, one) => sum + one.length, 0);
  return accepted({
    size: { vertices, edges },
    gates: { vertices: gates.vertices, cases: gates.cases },
    gadgets: { count: decided.count, states: decided.states, cases: decided.cases },
    output: { copies, contribution: formatRational(decided.contribution) },
    function: checked,
    exactness: { format: exactness.format },
  });
}

function openOf(signal: Signal | undefined): number {
  const literal = signal === undefined ? undefined : openLiteral(signal);
  if (literal === undefined) throw new RangeError("openOf: expected a control");
  return literal;
}
