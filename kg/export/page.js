"use strict";
// The panels: search, legend, list, details. Text enters the page through textContent only.
const DATA = JSON.parse(document.getElementById("data").textContent), PAGE = DATA.page;
const KIND = new Map(PAGE.kinds.map(k => [k.name, k]));
const NODE = new Map(DATA.nodes.map(n => [n.id, n])), EDGE = new Map(DATA.edges.map(e => [e.id, e]));
const BY_REF = new Map(DATA.nodes.map(n => [n.ref, n.id]));
const EDGES_OF = new Map(DATA.nodes.map(n => [n.id, []]));
for (const e of DATA.edges) { EDGES_OF.get(e.from).push(e); if (e.to !== e.from) EDGES_OF.get(e.to).push(e); }
const state = { kinds: new Set(PAGE.kinds.filter(k => k.shown).map(k => k.name)), hiddenRelations: new Set(), from: "", to: "9999", chosen: null };
const $ = id => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const narrow = matchMedia("(max-width: 800px)");

function make(tag, text, className) {
  const one = document.createElement(tag);
  if (text != null) one.textContent = text;
  if (className) one.className = className;
  return one;
}
function colourOf(kind) { return kind.colour === "ink" ? "var(--ink)" : kind.colour === "grey" ? "var(--grey)" : kind.colour; }
function icon(kind, look) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24"); svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", kind.path); path.setAttribute("fill-rule", "evenodd");
  path.style.fill = colourOf(kind);
  if (look && look !== "solid") { path.style.stroke = kind.colour === "#F0E442" ? "#a89b00" : path.style.fill; path.style.strokeWidth = 2.4; path.style.fill = "none"; if (look === "open") path.style.strokeDasharray = "4 2.5"; else path.setAttribute("d", kind.path + "M1 1L23 23M23 1L1 23"); }
  else if (kind.colour === "#F0E442") { path.style.stroke = "#8a8000"; path.style.strokeWidth = 1; }
  svg.append(path);
  return svg;
}
function day(iso) {
  const [y, m, d] = iso.split("-");
  return (d ? Number(d) + " " : "") + (m ? "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[m - 1] + " " : "") + y;
}
function inRange(node) { return !node.from || (node.to >= state.from && node.from <= state.to); }
function visible(node) { return state.kinds.has(node.kind) && inRange(node); }
function visibleEdge(edge) {
  if (state.hiddenRelations.has(edge.relation)) return false;
  return !edge.implied || edge.from === state.chosen || edge.to === state.chosen;
}
function check(text, on, number, change) {
  const label = make("label"), box = make("input");
  box.type = "checkbox"; box.checked = on; box.onchange = () => change(box.checked);
  label.append(box, text, make("span", number, "number"));
  return label;
}
function nodeButton(node, note) {
  const button = make("button", null, "row"), words = make("span", node.label);
  button.type = "button";
  if (note) words.append(make("small", note));
  button.append(icon(KIND.get(node.kind), node.look), words);
  button.onclick = () => choose(node.id, true);
  return button;
}

function legend() {
  $("legend").replaceChildren();
  for (const kind of PAGE.kinds) {
    const count = DATA.nodes.filter(n => n.kind === kind.name).length;
    if (!count) continue;
    const words = make("span");
    words.append(icon(kind)); words.style.display = "contents";
    const label = check(words, state.kinds.has(kind.name), count, on => { state.kinds[on ? "add" : "delete"](kind.name); refresh(); });
    words.after(kind.plural);
    $("legend").append(label);
  }
}
function relations() {
  for (const [key, words] of [...PAGE.relations, ...[...new Set(DATA.edges.map(e => e.relation))].filter(r => !PAGE.relations.some(p => p[0] === r)).map(r => [r, DATA.edges.find(e => e.relation === r).words])]) {
    const count = DATA.edges.filter(e => e.relation === key).length;
    if (count) $("relations").append(check(words, true, count, on => { state.hiddenRelations[on ? "delete" : "add"](key); refresh(); }));
  }
}
function list() {
  for (const kind of PAGE.kinds) {
    const of = DATA.nodes.filter(n => n.kind === kind.name).sort((a, b) => (a.from || "").localeCompare(b.from || "") || a.label.localeCompare(b.label, "en"));
    if (of.length) $("list").append(make("h2", kind.plural), ...of.map(n => nodeButton(n)));
  }
}

// Search: names, other names, words of labels; arrows move, Enter takes, Esc clears.
let active = -1;
function fold(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
function search() {
  const wanted = fold($("query").value.trim()), hits = $("hits");
  hits.replaceChildren(); active = -1;
  const rank = n => fold(n.label).startsWith(wanted) ? 0 : 1;
  const order = new Map(PAGE.kinds.map((k, i) => [k.name, i]));
  const found = !wanted ? [] : DATA.nodes.filter(n => [n.label, n.kind, ...n.aliases].some(t => fold(t).includes(wanted)))
    .sort((a, b) => rank(a) - rank(b) || order.get(a.kind) - order.get(b.kind)).slice(0, 15);
  found.forEach((n, i) => {
    const item = make("li", n.label + " ");
    item.id = "hit" + i; item.setAttribute("role", "option"); item.append(make("small", n.aliases.slice(0, 3).join(", ")));
    item.onmousedown = event => { event.preventDefault(); take(n.id); };
    item.dataset.node = n.id; hits.append(item);
  });
  if (wanted && !found.length) hits.append(make("li", "Nothing found"));
  hits.hidden = !wanted; $("query").setAttribute("aria-expanded", String(!!wanted));
  if (found.length) move(1);
}
function move(by) {
  const items = [...$("hits").querySelectorAll("[data-node]")];
  if (!items.length) return;
  active = (active + by + items.length) % items.length;
  items.forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  items[active].scrollIntoView({ block: "nearest" });
  $("query").setAttribute("aria-activedescendant", items[active].id);
}
function take(id) { $("query").value = ""; search(); choose(id, true); }
$("query").oninput = search;
$("query").onkeydown = event => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
  else if (event.key === "Enter") { const item = $("hits").querySelector("[aria-selected=true]"); if (item) take(item.dataset.node); }
  else if (event.key === "Escape") { event.stopPropagation(); $("query").value = ""; search(); }
};

// Details of what is chosen.
function rowsOf(rows) {
  const box = make("dl");
  for (const [name, value] of rows) box.append(make("dt", name), make("dd", value));
  return rows.length ? [box] : [];
}
function link(address, text) {
  if (!/^https?:\/\//.test(address)) return make("span", text);
  const a = make("a", text);
  a.href = address; a.rel = "noopener noreferrer"; a.target = "_blank";
  return a;
}
function quote([number, marks], said) {
  const sentence = PAGE.sentences[number], source = PAGE.documents[sentence.document], letters = Array.from(sentence.text);
  const box = make("blockquote"), words = make("div");
  let at = 0;
  for (const [start, end] of marks) { words.append(letters.slice(at, start).join(""), make("mark", letters.slice(start, end).join(""))); at = end; }
  words.append(letters.slice(at).join("") || (sentence.text ? "" : "Text withheld; characters " + sentence.place));
  box.append(words);
  if (source) {
    const foot = make("footer");
    if (said && said.has(number)) foot.append(make("div", "according to " + said.get(number).join(", ")));
    foot.append(...[source.publisher, source.date && day(source.date)].filter(Boolean).flatMap(t => [t, " · "]), link(source.url, source.title));
    box.append(foot);
  }
  return box;
}
function quotes(rows, heading, said) {
  if (!rows.length) return [];
  const first = rows.slice(0, 6).map(row => quote(row, said)), parts = [make("h2", `${heading} (${rows.length})`), ...first];
  if (rows.length > 6) { const more = make("details"); more.append(make("summary", `${rows.length - 6} more`), ...rows.slice(6).map(row => quote(row, said))); parts.push(more); }
  return parts;
}
function badge(kind, words) { const b = make("div", null, "badge"); b.append(icon(kind), words); return b; }
function closeButton() { const b = make("button", "Close", "back"); b.type = "button"; b.onclick = () => choose(null); return b; }
function speakersOf(id) { return EDGES_OF.get(id).filter(e => e.relation === "speaker").map(e => NODE.get(e.from).label); }
// Sentence -> who says it, where the sentence that states a fact is that of a statement which reports it.
function saidIn(told) {
  const said = new Map();
  for (const [name, id] of told) if (name === "reports") for (const [number] of PAGE.details[id].sentences) said.set(number, [...new Set([...(said.get(number) || []), ...speakersOf(id)])]);
  return said;
}
const BACK = new Map(PAGE.relations.map(([key, , back]) => [key, back]));
function nodePanel(node) {
  const told = PAGE.details[node.id], parts = [closeButton(), badge(KIND.get(node.kind), KIND.get(node.kind).plural), make("h3", node.label)];
  if (node.aliases.length) parts.push(make("p", "also: " + node.aliases.join(", "), "soft"));
  parts.push(...rowsOf(told.rows), ...told.links.map(a => { const p = make("p"); p.append(link(a, a)); return p; }));
  for (const [name, words] of [["reports", "Said in"], ["denies", "Denied in"]]) {
    const ids = told.told.filter(t => t[0] === name).map(t => t[1]);
    if (!ids.length) continue;
    parts.push(make("h2", words));
    for (const id of ids) {
      const speakers = speakersOf(id);
      parts.push(nodeButton(NODE.get(id), speakers.length ? (name === "denies" ? "denied by " : "according to ") + speakers.join(" and ") : ""));
    }
  }
  parts.push(...quotes(told.sentences, node.kind === "Comment" ? "Quotes" : "Sentences", saidIn(told.told)));
  if (told.sentence_count > told.sentences.length) parts.push(make("p", `and ${told.sentence_count - told.sentences.length} more sentences, which the other files of this graph hold`, "soft"));
  const near = EDGES_OF.get(node.id).filter(e => !["reports", "denies"].includes(e.relation) || e.from === node.id);
  if (near.length) parts.push(make("h2", "Connections"));
  const groups = new Map();
  for (const e of near) { const key = e.from === node.id ? e.words : BACK.get(e.relation) || e.words + " (from)"; groups.set(key, [...(groups.get(key) || []), e]); }
  for (const [words, edges] of groups) {
    const box = make("details"); box.open = edges.length < 8;
    box.append(make("summary", `${words} (${edges.length})`));
    for (const e of edges) box.append(nodeButton(NODE.get(e.from === node.id ? e.to : e.from), e.rows.filter(r => ["status", "as of", "since", "until"].includes(r[0])).map(r => `${r[0]} ${r[1]}`).join(", ")));
    parts.push(box);
  }
  return parts;
}
function edgePanel(edge) {
  const from = NODE.get(edge.from), to = NODE.get(edge.to);
  return [closeButton(), make("p", "relation", "soft"), nodeButton(from), make("h3", "→ " + edge.words), nodeButton(to),
    ...rowsOf(edge.rows), ...quotes(edge.sentences, "Sentences"),
    ...(edge.sentences.length ? [] : [make("p", "No single sentence states this link; it follows from the office or the country named with it.", "soft")])];
}
function overview() {
  const dated = DATA.nodes.filter(n => n.from && visible(n)).sort((a, b) => a.from.localeCompare(b.from) || a.label.localeCompare(b.label, "en"));
  const parts = [make("p", "Choose a node or an edge to read the sentences behind it.", "soft")];
  if (PAGE.left_out) parts.push(make("p", `${PAGE.left_out} less connected nodes are left out here; the other files of this graph hold them.`, "soft"));
  parts.push(make("h2", `Documents (${PAGE.document_count})`));
  for (const d of Object.values(PAGE.documents).slice(0, 30)) { const p = make("p"); p.append(link(d.url, d.title), make("small", " " + [d.publisher, d.date && day(d.date)].filter(Boolean).join(", "), "soft")); parts.push(p); }
  if (dated.length) parts.push(make("h2", "In order of time"), ...dated.slice(0, 200).map(n => nodeButton(n)));
  return parts;
}
function panel() {
  const chosen = state.chosen;
  $("right").replaceChildren(...(NODE.has(chosen) ? nodePanel(NODE.get(chosen)) : EDGE.has(chosen) ? edgePanel(EDGE.get(chosen)) : overview()));
  $("right").scrollTop = 0;
}
function fold_panels(name) {
  for (const side of ["left", "right"]) { $(side).classList.toggle("open", side === name); $("open-" + side).setAttribute("aria-expanded", String(side === name)); }
}
for (const side of ["left", "right"]) $("open-" + side).onclick = () => fold_panels($(side).classList.contains("open") ? null : side);
