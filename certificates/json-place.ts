/** Places in a certificate, in the one syntax of rejections: `filter.layers[2].rows[17]`. */

/** The place at a JSON pointer such as "/filter/layers/2"; the empty one is the whole text. */
export function placeAt(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce(
      (place, step) => (/^[0-9]+$/.test(step) ? `${place}[${step}]` : place === "" ? step : `${place}.${step}`),
      "",
    );
}
