/** The gallery's machines as texts, and the digests of the committed certificates: written into the page when it is built. */
const FILES = import.meta.glob("../../machines/**/*.yaml", { query: "?raw", import: "default", eager: true }) as Record<
  string,
  string
>;

/** A machine of the gallery. */
export interface GalleryMachine {
  readonly name: string;
  readonly text: string;
  readonly isLearner: boolean;
}

/** All machines, by name; learners last. */
export const GALLERY: readonly GalleryMachine[] = Object.entries(FILES)
  .map(([path, text]) => ({
    name: path.replace(/^.*\//, "").replace(/\.yaml$/, ""),
    text,
    isLearner: path.includes("/learners/"),
  }))
  .toSorted((a, b) => Number(a.isLearner) - Number(b.isLearner) || (a.name < b.name ? -1 : 1));

/** SHA-256 of the files in certificates/, by the name of their machine. */
export const COMMITTED: Readonly<Record<string, string>> = __CERTIFICATES__;
