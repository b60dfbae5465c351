/** Where the package keeps its committed certificates. */
import { dirname, join } from "node:path";
import { galleryFolder } from "../inputs/machines/load-machine.js";

/** The folder certificates/ beside machines/. */
export function certificatesFolder(): string {
  return join(dirname(galleryFolder()), "certificates");
}
