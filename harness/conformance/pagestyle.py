"""The page's style sheet."""

STYLE = """\
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5d6879; --line: #d9dee7;
  --paper: #fff; --tint: #f4f6fa; --good: #1a7f4b; --bad: #c62828; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) { :root { --ink: #e5e9f0; --soft: #9aa5b5; --line: #323a48;
  --paper: #151a22; --tint: #1d242f; --good: #5cc98d; --bad: #ff7b72; --link: #82b1ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; margin: 0 0 .5rem; }
h2 { margin: 3rem 0 .5rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: .85em ui-monospace, monospace; }
small { color: var(--soft); font-weight: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .5rem; text-align: right; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
thead th { color: var(--soft); font-size: .85rem; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-left: 4px solid var(--line); background: var(--tint); border-radius: 0 .4rem .4rem 0;
  padding: .6rem .9rem; margin: .5rem 0; }
li.passed { border-left-color: var(--good); }
li.failed { border-left-color: var(--bad); }
ul.plain li { background: none; padding: .1rem .9rem; }
p, dl { margin: 0; }
header p { color: var(--soft); margin-bottom: 1rem; }
.source, .test { font-size: .85rem; color: var(--soft); }
.test::before { content: "held by: "; }
.test.passed::before { content: "✓ held by: "; color: var(--good); }
.test.failed::before { content: "✗ not held by: "; color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; }
dt { color: var(--soft); }
dd { margin: 0; }
details { border-bottom: 1px solid var(--line); padding: .3rem 0; }
summary { cursor: pointer; font-weight: 600; }
details p { padding: .2rem 1rem; font-size: .9rem; }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr; } dt { font-size: .85rem; }
  th, td { padding: .35rem .25rem; } }
@media print { body { max-width: none; font-size: 9.5pt; padding: 0; } h2 { break-after: avoid; }
  li { break-inside: avoid; background: none; } details > * { display: block; } nav a { color: inherit; } }
"""
