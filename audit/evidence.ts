/** Running evidence: replays of amendments, certificates, exact counts. Each program runs once for an audit. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MAX_CERTIFICATE_BYTES } from "../certificates/envelope.js";
import { readExactTextFile } from "../inputs/read-text-file.js";
import type { Claim, Evidence } from "./claim.js";
import type { EvidenceFault, EvidenceOutcome, Outcome } from "./outcome.js";
import type { AuditedPaper } from "./paper.js";

/** What evidence may refer to. */
export interface EvidenceSources {
  /** Folder of the committed certificates. */
  readonly certificates: string;
  readonly paper: Pick<AuditedPaper, "amendments" | "computations" | "check">;
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
          ? this.#amendment(evidence.id)
          : evidence.kind === "count"
            ? this.#count(evidence.name)
            : this.#certificate(evidence.file, evidence.part, claim.reading);
      this.#known.set(key, outcome);
    }
    if (evidence.kind === "count" && outcome.kind === "decided") return compareResult(evidence.result, outcome.outcome);
    return outcome;
  }

  #count(name: string): EvidenceOutcome {
    const computation = this.#sources.paper.computations.find((one) => one.name === name);
    if (computation === undefined) return fault("unknown-count", `there is no computation named ${name}`);
    return decided(computation.run());
  }

  #certificate(file: string, part: string, reading: Claim["reading"]): EvidenceOutcome {
    const path = join(this.#sources.certificates, file);
    if (!existsSync(path)) return fault("missing-certificate", `there is no certificate ${file}`);
    let accepted = this.#known.get(`certificate ${file}`);
    if (accepted === undefined) {
      accepted = this.#check(path, file);
      this.#known.set(`certificate ${file}`, accepted);
    }
    if (accepted.kind !== "decided") return accepted;
    const { instance, numbers } = accepted.outcome;
    const found = numbers[part];
    if (found === undefined) return fault("unknown-part", `${file} has no verdict on ${part}`);
    return decided({ instance, numbers: {}, [reading]: { holds: true, found: `${part}: ${found}` } });
  }

  /** The replay of an amendment; one with a family holds as amended only if it does on the whole of it. */
  #amendment(id: string): EvidenceOutcome {
    const one = this.#sources.paper.amendments.find((amendment) => amendment.id === id);
    if (one === undefined) return fault("unknown-amendment", `there is no amendment ${id}`);
    if (!("instances" in one)) return decided({ ...one.replay(), numbers: {} });
    const { instance, printed, amended, smaller } = one.replay();
    let checked = 0;
    for (const member of one.instances()) {
      const finding = member.amended();
      checked++;
      if (!finding.holds) return decided({ instance: member.text, printed, amended: finding, numbers: {} });
    }
    const numbers = { "smaller instances": String(smaller), "instances of the family": String(checked) };
    return decided({ instance, printed, amended, numbers });
  }

  /** A certificate, decided from its file alone. */
  #check(path: string, file: string): EvidenceOutcome {
    const verdict = this.#sources.paper.check(readExactTextFile(path, MAX_CERTIFICATE_BYTES));
    if (verdict.verdict === "rejected") {
      return fault("certificate-rejected", `${file}: ${verdict.code} at ${verdict.path}: ${verdict.message}`);
    }
    if (verdict.verdict === "undecided") return fault("certificate-undecided", `${file}: limit ${verdict.limit}`);
    const { instance, parts } = verdict.result;
    return decided({ instance, numbers: parts });
  }
}

function decided(outcome: Outcome): EvidenceOutcome {
  return { kind: "decided", outcome };
}

function fault(code: EvidenceFault, message: string): EvidenceOutcome {
  return { kind: "fault", code, message };
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
