/**
 * What a link says: the view, the machine, the layer and the cell, behind the "#" of the page's address, so that nothing of it
 * is ever sent. A long machine is compressed.
 */

/** The pages of the explorer. */
export const VIEWS = ["machine", "check", "learn", "systems", "audit"] as const;

/** A page of the explorer. */
export type View = (typeof VIEWS)[number];

/** A machine by its name in the gallery, or by its text. */
export type MachineChoice =
  { readonly gallery: string } | { readonly text: string; readonly format: string | undefined };

/** What the page shows. */
export interface PageAddress {
  readonly view: View;
  readonly machine: MachineChoice | undefined;
  readonly layer: number | undefined;
  readonly cell: { readonly row: number; readonly column: number } | undefined;
}

/** Longest text that is written as it is. */
const PLAIN_CHARACTERS = 400;
/** Most bytes of a machine in a link, after decompression. */
const MAX_BYTES = 32 * 1024;

/** The part of an address behind "#". */
export async function writeAddress({ view, machine, layer, cell }: PageAddress): Promise<string> {
  const parts = new URLSearchParams();
  if (view !== "machine") parts.set("v", view);
  if (machine !== undefined && "gallery" in machine) parts.set("m", machine.gallery);
  if (machine !== undefined && "text" in machine) {
    // A text that could not be read back, such as a certificate, is left out.
    const isShort = machine.text.length <= PLAIN_CHARACTERS;
    if (isShort) parts.set("x", machine.text);
    else if (new TextEncoder().encode(machine.text).length <= MAX_BYTES) parts.set("z", await compressed(machine.text));
    if (machine.format !== undefined) parts.set("f", machine.format);
  }
  if (layer !== undefined) parts.set("t", String(layer));
  if (cell !== undefined) parts.set("c", `${cell.row},${cell.column}`);
  return parts.toString();
}

/** What an address says; parts that make no sense are left out. */
export async function readAddress(hash: string): Promise<PageAddress> {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const view = VIEWS.find((one) => one === parts.get("v")) ?? "machine";
  const [, row, column] = /^(-?\d{1,9}),(-?\d{1,9})$/.exec(parts.get("c") ?? "") ?? [];
  return {
    view,
    machine: await machineOf(parts),
    layer: /^\d{1,15}$/.test(parts.get("t") ?? "") ? Number(parts.get("t")) : undefined,
    cell: row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) },
  };
}

async function machineOf(parts: URLSearchParams): Promise<MachineChoice | undefined> {
  const gallery = parts.get("m");
  if (gallery !== null && /^[\w-]{1,40}$/.test(gallery)) return { gallery };
  const format = /^[\w.-]{1,20}$/.exec(parts.get("f") ?? "")?.[0];
  const text = parts.get("x");
  if (text !== null && text !== "" && text.length <= MAX_BYTES) return { text, format };
  const packed = parts.get("z");
  const unpacked = packed === null ? undefined : await decompressed(packed);
  return unpacked === undefined ? undefined : { text: unpacked, format };
}

async function compressed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text, or nothing if it is not one or is too long; what it would come to is counted on the way. */
async function decompressed(packed: string): Promise<string | undefined> {
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MAX_BYTES) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(chunks).arrayBuffer());
  } catch {
    return undefined;
  }
}
