/** The page's style: light and dark by the reader's preference, from a phone's width on. No external resources. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #566072; --paper: #fbfbf9; --card: #ffffff; --rule: #dcdfe4;
  --holds: #1d6b43; --amended: #8a5a00; --fails: #a3261b; --argument: #3f5b8c; --open: #6a4a86;
  --c0: #b4541f; --c1: #1f6f8b; --c2: #7b5ea7; --c3: #3f7d3a; --padding: #e6e8ec; --centre: #fff3d6; --head: #d9ecf5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ec; --soft: #a0a9b8; --paper: #14171c; --card: #1b1f26; --rule: #323844;
  --holds: #6fcf9a; --amended: #e2b35a; --fails: #f08a7e; --argument: #93b1e6; --open: #c3a2e0;
  --c0: #f0955d; --c1: #62bcd9; --c2: #b79ce0; --c3: #8fce88; --padding: #2c323c; --centre: #463b1e; --head: #1d3d4b; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main, header, nav { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.75rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 0 0 0.4rem; overflow-wrap: anywhere; }
p { margin: 0.4rem 0; } a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 0.15em; }
.lead { color: var(--soft); max-width: 44rem; }
.totals { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.badge { display: inline-block; padding: 0.1rem 0.6rem; border-radius: 1rem; border: 1px solid currentColor; font-size: 0.85rem; white-space: nowrap; }
.holds { color: var(--holds); } .amended { color: var(--amended); } .fails { color: var(--fails); } .argument { color: var(--argument); } .open { color: var(--open); }
nav ol { columns: 17rem; column-gap: 2rem; padding-left: 1.2rem; } nav li { break-inside: avoid; margin: 0.15rem 0; } nav .count { color: var(--soft); }
article { background: var(--card); border: 1px solid var(--rule); border-radius: 0.5rem; padding: 0.9rem 1.1rem; margin: 0.9rem 0; }
.top { display: flex; justify-content: space-between; gap: 0.75rem; align-items: start; flex-wrap: wrap; }
.place { color: var(--soft); font-size: 0.88rem; }
dl { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0.2rem 0.8rem; margin: 0.6rem 0 0; font-size: 0.92rem; }
header dl { grid-template-columns: 11rem minmax(0, 1fr); gap: 0.45rem 0.8rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
details { margin-top: 0.6rem; font-size: 0.92rem; } summary { cursor: pointer; color: var(--soft); }
.evidence { border-left: 3px solid var(--rule); padding-left: 0.8rem; margin: 0.7rem 0; overflow-wrap: anywhere; }
code, .numbers td, .numbers th { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.85em; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; } .numbers th, .numbers td { padding: 0.2rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: right; vertical-align: top; }
.numbers tbody th { font-weight: 600; } .numbers thead th { color: var(--soft); font-weight: 500; }
.pairs th, .pairs td { text-align: left; white-space: normal; } .pairs td { overflow-wrap: anywhere; min-width: 9rem; } .constants th { white-space: nowrap; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(27rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 0.5rem; padding: 0.9rem 1.1rem; min-width: 0; }
svg { width: 100%; height: auto; display: block; } .grid { stroke: var(--rule); stroke-width: 1; } .tick { fill: var(--soft); font-size: 15px; }
.curve { fill: none; stroke-width: 2.5; } polyline.c0 { stroke: var(--c0); stroke-dasharray: 7 5; } polyline.c1 { stroke: var(--c1); } polyline.c2 { stroke: var(--c2); } polyline.c3 { stroke: var(--c3); }
.dot.c0 { fill: var(--c0); } .dot.c1 { fill: var(--c1); } .dot.c2 { fill: var(--c2); } .dot.c3 { fill: var(--c3); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; font-size: 0.88rem; margin: 0.4rem 0; } .key { display: inline-flex; align-items: center; gap: 0.45rem; }
.line { width: 1.4rem; border-top: 3px solid; } .line.c0 { border-color: var(--c0); border-top-style: dashed; } .line.c1 { border-color: var(--c1); } .line.c2 { border-color: var(--c2); } .line.c3 { border-color: var(--c3); }
figcaption { color: var(--soft); font-size: 0.9rem; }
.drawings { display: flex; flex-wrap: wrap; gap: 1rem 1.6rem; margin: 0.7rem 0; align-items: start; }
.cells { border-collapse: separate; border-spacing: 3px; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.82rem; }
.cells caption { caption-side: bottom; color: var(--soft); font-size: 0.8rem; padding-top: 0.2rem; font-family: system-ui, sans-serif; white-space: nowrap; }
.cells td { min-width: 3.1rem; height: 2.4rem; padding: 0 0.35rem; text-align: center; border: 1px solid var(--rule); border-radius: 0.25rem; }
.cells .padding { background: var(--padding); color: var(--soft); } .cells .centre { background: var(--centre); } .cells .head { background: var(--head); font-weight: 600; }
footer { max-width: 62rem; margin: 3rem auto; padding: 0 1.25rem; color: var(--soft); font-size: 0.9rem; }
@media (max-width: 34rem) { dl, header dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dt { margin-top: 0.4rem; font-size: 0.82rem; } h1 { font-size: 1.5rem; } header { padding-top: 1.5rem; } .tick { font-size: 20px; } }
@media print { details > * { display: block; } nav { display: none; } }
`;
