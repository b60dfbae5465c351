/** Running evidence: replays of amendments, certificates, exact counts. Each program runs once for an audit. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { checkCertificate } from "../checkers/rcnn/check-certificate.js";
import { readExactTextFile } from "../inputs/read-text-file.js";
import { AMENDMENTS, FAMILY_AMENDMENTS } from "../amendments/rcnn/index.js";
import type { Claim, Evidence } from "./claim.js";
import type { EvidenceFault, EvidenceOutcome, Outcome } from "./outcome.js";
import type { Computation } from "./rcnn/computation.js";

/** What evidence may refer to. */
export interface EvidenceSources {
  /** Folder of the committed certificates. */
  readonly certificates: string;
  readonly computations: readonly Computation[];
}

/** Runs evidence and remembers what came out. */
export class EvidenceRunner {
  readonly #sources: EvidenceSources;
  readonly #known = new Map<string, EvidenceOutcome>();

  constructor(sources: EvidenceSources) {
    this.#sources = sources;
  }

  /** Runs one piece of evidence for a claim. */
  run(evidence: Evidence, claim: Claim): EvidenceOutcome {
    if (evidence.kind === "argument") return { kind: "argument", concludes: evidence.concludes };
    const key =
      evidence.kind === "amendment"
        ? `amendment ${evidence.id}`
        : evidence.kind === "count"
          ? `count ${evidence.name}`
          : `certificate ${evidence.file} ${evidence.part} ${claim.reading}`;
    let outcome = this.#known.get(key);
    if (outcome === undefined) {
      outcome =
        evidence.kind === "amendment"
          ? runAmendment(evidence.id)
          : evidence.kind === "count"
            ? this.#count(evidence.name)
            : this.#certificate(evidence.file, evidence.part, claim.reading);
      this.#known.set(key, outcome);
    }
    if (evidence.kind === "count" && outcome.kind === "decided") return compareResult(evidence.result, outcome.outcome);
    return outcome;
  }

  #count(name: string): EvidenceOutcome {
    const computation = this.#sources.computations.find((one) => one.name === name);
    if (computation === undefined) return fault("unknown-count", `there is no computation named ${name}`);
    return decided(computation.run());
  }

  #certificate(file: string, part: string, reading: Claim["reading"]): EvidenceOutcome {
    const path = join(this.#sources.certificates, file);
    if (!existsSync(path)) return fault("missing-certificate", `there is no certificate ${file}`);
    let accepted = this.#known.get(`certificate ${file}`);
    if (accepted === undefined) {
      accepted = checkFile(path, file);
      this.#known.set(`certificate ${file}`, accepted);
    }
    if (accepted.kind !== "decided") return accepted;
    const { instance, numbers } = accepted.outcome;
    const finding = { holds: true, found: `${part}: ${numbers[part] ?? ""}` };
    return decided({ instance, numbers: {}, [reading]: finding });
  }
}

function decided(outcome: Outcome): EvidenceOutcome {
  return { kind: "decided", outcome };
}

function fault(code: EvidenceFault, message: string): EvidenceOutcome {
  return { kind: "fault", code, message };
}

/** The replay of an amendment; one of B.1 - B.3 holds as amended only if it does on its whole family. */
function runAmendment(id: string): EvidenceOutcome {
  const family = FAMILY_AMENDMENTS.find((one) => one.id === id);
  if (family !== undefined) {
    const { instance, printed, amended, smaller } = family.replay();
    let checked = 0;
    for (const member of family.instances()) {
      const finding = member.amended();
      checked++;
      if (!finding.holds) return decided({ instance: member.text, printed, amended: finding, numbers: {} });
    }
    const numbers = { "smaller instances": String(smaller), "instances of the family": String(checked) };
    return decided({ instance, printed, amended, numbers });
  }
  const single = AMENDMENTS.find((one) => one.id === id);
  if (single === undefined) return fault("unknown-amendment", `there is no amendment ${id}`);
  return decided({ ...single.replay(), numbers: {} });
}

/** A certificate, decided from its file alone; the numbers say in a line what each part came to. */
function checkFile(path: string, file: string): EvidenceOutcome {
  const verdict = checkCertificate(readExactTextFile(path, MAX_CERTIFICATE_BYTES));
  if (verdict.verdict === "rejected") {
    return fault("certificate-rejected", `${file}: ${verdict.code} at ${verdict.path}: ${verdict.message}`);
  }
  if (verdict.verdict === "undecided") return fault("certificate-undecided", `${file}: limit ${verdict.limit}`);
  const { source, alphabet, verdicts } = verdict.result;
  const { weights, head, step, replay } = verdicts;
  return decided({
    instance: `the certificate of ${source.name}, ${alphabet} alphabet`,
    numbers: {
      function: `${verdicts.function.patches} patches`,
      step: `${step.closedPatches} patches closed, ${step.cases} cases of a step`,
      weights: `${weights.nonzero} numbers of the ${weights.setSize} in U_s, layers of ${weights.widths.join(", ")} rows`,
      head: `${head.units} ReLUs`,
      replay: `${replay.length} runs`,
    },
  });
}

/** The numbers that an entry states must be the numbers that came out. */
function compareResult(stated: Readonly<Record<string, string>>, outcome: Outcome): EvidenceOutcome {
  for (const key of new Set([...Object.keys(stated), ...Object.keys(outcome.numbers)])) {
    if (stated[key] !== outcome.numbers[key]) {
      return fault(
        "result-differs",
        `${key}: stated ${stated[key] ?? "nothing"}, computed ${outcome.numbers[key] ?? "nothing"}`,
      );
    }
  }
  return decided(outcome);
}
