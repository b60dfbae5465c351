/** Why a certified filter cannot be written in some format without a change: one line, for people. */
export class ExportRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ExportRefused";
  }
}
