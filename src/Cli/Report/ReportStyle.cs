namespace Ptune.Cli.Report;

/// <summary>The page's style. It holds none of the characters that XML escapes.</summary>
internal static class ReportStyle
{
    public const string Css = """

        :root { --paper: #ffffff; --ink: #1c2024; --soft: #60656c; --line: #d9dde2; --hot: #f2a65a; --port: #b3367a; --bad: #b42318;
          --bare: #a3a9b2; --alone: #d1a33c; --eft: #3f86c9; --ported: #b3367a; --retrained: #4a9c6d;
          --h0: #3f86c9; --h1: #c8702a; --h2: #4a9c6d; --h3: #b3367a; --h4: #7a63c7; --h5: #7c858f; }
        @media (prefers-color-scheme: dark) { :root { --paper: #15181b; --ink: #e8eaed; --soft: #a0a6ae; --line: #353a41; --hot: #b8651b; --port: #ef7fb9; --bad: #ff8a7a;
          --bare: #7d848e; --alone: #d9b04e; --eft: #62a4e3; --ported: #e0699f; --retrained: #5fb985;
          --h0: #62a4e3; --h1: #e58f4c; --h2: #5fb985; --h3: #e0699f; --h4: #a08be8; --h5: #9aa3ad; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 48px; overflow-wrap: anywhere; }
        h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; }
        h2 { font-size: 18px; margin: 36px 0 10px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
        .lead { font-size: 17px; margin: 0 0 6px; }
        .facts, .note, footer { color: var(--soft); }
        .note { font-size: 13px; }
        footer { margin-top: 40px; font-size: 13px; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; margin: 8px 0; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
        th, td { padding: 5px 10px; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
        thead th { color: var(--soft); font-weight: 600; font-size: 13px; white-space: normal; vertical-align: bottom; }
        tbody th { font-weight: 600; white-space: normal; min-width: 130px; }
        th small { color: var(--soft); font-weight: 400; }
        .n { text-align: right; }
        td.text { white-space: pre-wrap; min-width: 180px; max-width: 320px; }
        tr:has(td.text) * { vertical-align: top; } tr:has(td.text) th { white-space: nowrap; }
        .hot { background: color-mix(in srgb, var(--hot) var(--heat), transparent); }
        .hot.port { outline: 2px solid var(--port); outline-offset: -2px; font-weight: 700; }
        .hot.behind { outline: 2px dashed var(--bad); }
        tr.chosen th, tr.chosen td { font-weight: 700; border-bottom-color: var(--port); }
        .verdicts { margin: 10px 0; padding-left: 20px; }
        .verdicts li:has(details) { list-style: none; } .verdicts li:has(details) + li:not(:has(details)) { margin-top: 8px; }
        summary { cursor: pointer; } .verdicts summary { margin-left: -18px; } .charts + .scroll { margin-top: 20px; }
        code, pre { font: 12.5px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
        pre { padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; }
        figure { margin: 8px 0; }
        figcaption { margin-bottom: 6px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 20px; }
        .keys { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; color: var(--soft); }
        .charts > *, .keys span { min-width: 0; }
        figcaption strong { margin-right: 14px; }
        .key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin-right: 5px; background: var(--c); }
        svg { display: block; width: 100%; height: auto; }
        svg .label { font: 11px system-ui, "DejaVu Sans", sans-serif; fill: var(--soft); }
        svg .small { font-size: 10px; }
        svg .strong { font-size: 13px; fill: var(--ink); font-weight: 600; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
        svg .seed { fill: var(--ink); fill-opacity: 0.55; }
        svg .dot { fill: var(--c); fill-opacity: 0.8; }
        svg .best { fill: none; stroke: var(--ink); stroke-width: 1.8; }
        svg .bar { fill: var(--c); }
        svg .curve { fill: none; stroke: var(--c); stroke-width: 1.6; stroke-linejoin: round; }
        .bare { --c: var(--bare); } .alone { --c: var(--alone); } .eft { --c: var(--eft); } .ported { --c: var(--ported); } .retrained { --c: var(--retrained); }
        .hue0 { --c: var(--h0); } .hue1 { --c: var(--h1); } .hue2 { --c: var(--h2); } .hue3 { --c: var(--h3); } .hue4 { --c: var(--h4); } .hue5 { --c: var(--h5); }
        svg .curve.more { stroke-dasharray: 5 3; } .key.more { background: none; border: 2px dashed var(--c); }
        svg .dot.more { fill: none; stroke: var(--c); stroke-width: 1.6; }
        @media (max-width: 600px) { main { padding: 20px 14px 32px; } th, td { padding: 4px 6px; white-space: normal; } tbody th { min-width: 0; } td.n { white-space: nowrap; } td.n.hot { white-space: normal; } }
        @media print { main { max-width: none; padding: 0; } section, figure, tr { break-inside: avoid; } pre { break-inside: auto; } .scroll { overflow: visible; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } table { font-size: 11px; } th, td { padding: 3px 7px; white-space: normal; } }

        """;
}
