/** A growth figure as inline SVG: both axes logarithmic, labels beside the curves, colours from the page's style. */
import { STATES_AXIS, type GrowthAxis, type GrowthCurve, type GrowthFigure } from "../figure.js";
import { escapeHtml } from "./markup.js";

const FRAME = { width: 640, height: 380, left: 64, right: 28, top: 12, bottom: 60 } as const;
const LN_10 = Math.LN10;

interface Scale {
  readonly x: (s: number) => number;
  readonly y: (log: number) => number;
  readonly decades: readonly number[];
  readonly states: readonly number[];
}

/** The figure with its caption and a table of the plotted numbers, folded. */
export function figureHtml(figure: GrowthFigure): string {
  const scale = scaleOf(figure.curves);
  const { axis = STATES_AXIS } = figure;
  const legend = figure.curves
    .map((curve, i) => `<span class="key"><i class="line c${i}"></i>${escapeHtml(curve.name)}</span>`)
    .join("");
  return `<figure id="figure-${escapeHtml(figure.id)}">
<h3>${escapeHtml(figure.title)}</h3>
<svg viewBox="0 0 ${FRAME.width} ${FRAME.height}" role="img" aria-label="${escapeHtml(figure.title)}">
${grid(scale, axis)}${figure.curves.map((curve, i) => curveSvg(curve, i, scale, axis)).join("")}</svg>
<div class="legend">${legend}</div>
<figcaption>${escapeHtml(figure.caption)}</figcaption>
<details><summary>The plotted numbers</summary>${numbers(figure.curves, axis)}</details>
</figure>`;
}

function scaleOf(curves: readonly GrowthCurve[]): Scale {
  const points = curves.flatMap((curve) => curve.points);
  const states = [...new Set(points.map(({ s }) => s))].toSorted((a, b) => a - b);
  const logs = points.map(({ log }) => log / LN_10);
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const step = Math.ceil((high - low) / 12);
  const [first, last] = [Math.log2(states[0] ?? 1), Math.log2(states.at(-1) ?? 2)];
  const plotWidth = FRAME.width - FRAME.left - FRAME.right;
  const plotHeight = FRAME.height - FRAME.top - FRAME.bottom;
  return {
    x: (s) => FRAME.left + (plotWidth * (Math.log2(s) - first)) / (last - first || 1),
    y: (log) => FRAME.top + plotHeight * (1 - (log / LN_10 - low) / (high - low)),
    // At most about a dozen lines.
    decades: Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step),
    states,
  };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function powerOfTen(decade: number): string {
  const digits = [...String(Math.abs(decade))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return decade === 0 ? "1" : decade === 1 ? "10" : `10${decade < 0 ? "⁻" : ""}${digits}`;
}

function grid({ x, y, decades, states }: Scale, axis: GrowthAxis): string {
  const right = FRAME.width - FRAME.right;
  const bottom = FRAME.height - FRAME.bottom;
  const rows = decades.map((decade) => {
    const at = y(decade * LN_10).toFixed(1);
    return `<line class="grid" x1="${FRAME.left}" x2="${right}" y1="${at}" y2="${at}"/><text class="tick" x="${FRAME.left - 8}" y="${at}" dy="0.35em" text-anchor="end">${powerOfTen(decade)}</text>`;
  });
  const columns = states.map((s) => {
    const at = x(s).toFixed(1);
    return `<line class="grid" x1="${at}" x2="${at}" y1="${FRAME.top}" y2="${bottom}"/><text class="tick" x="${at}" y="${bottom + 22}" text-anchor="middle">${escapeHtml(axis.tick(s))}</text>`;
  });
  const label = `<text class="tick" x="${(FRAME.left + right) / 2}" y="${FRAME.height - 4}" text-anchor="middle">${escapeHtml(axis.label)}</text>`;
  return [...rows, ...columns, label].join("\n");
}

function curveSvg({ name, points }: GrowthCurve, index: number, { x, y }: Scale, axis: GrowthAxis): string {
  const place = points.map(({ s, log }) => `${x(s).toFixed(1)},${y(log).toFixed(1)}`);
  const dots = points.map(
    ({ s, label }, i) =>
      `<circle class="dot c${index}" cx="${place[i]?.split(",")[0]}" cy="${place[i]?.split(",")[1]}" r="4"><title>${escapeHtml(`${name}, ${axis.name} = ${axis.tick(s)}: ${label}`)}</title></circle>`,
  );
  return `<polyline class="curve c${index}" points="${place.join(" ")}"/>${dots.join("")}\n`;
}

function numbers(curves: readonly GrowthCurve[], axis: GrowthAxis): string {
  const states = [...new Set(curves.flatMap(({ points }) => points.map(({ s }) => s)))].toSorted((a, b) => a - b);
  const head = `<tr><th>${escapeHtml(axis.name)}</th>${curves.map(({ name }) => `<th>${escapeHtml(name)}</th>`).join("")}</tr>`;
  const rows = states.map((s) => {
    const cells = curves.map(
      ({ points }) => `<td>${escapeHtml(points.find((point) => point.s === s)?.label ?? "")}</td>`,
    );
    return `<tr><th>${escapeHtml(axis.tick(s))}</th>${cells.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="numbers"><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></div>`;
}
