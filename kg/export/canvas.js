"use strict";
// The drawing: symbols and labels on the canvas of vis-network, and what choosing, filtering and zooming do to it.
const SYMBOL = new Map(PAGE.kinds.map(k => [k.name, new Path2D(k.path)]));
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
let ink = {}, near = null;
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ink", "soft", "ground", "edge", "grey", "accent"]) ink[name] = style.getPropertyValue("--" + name).trim();
}
function paint(kind) { return ink[kind.colour] || kind.colour; }

function symbol(ctx, node, kind, x, y, emphasis) {
  const scale = kind.radius / 12, colour = paint(kind);
  ctx.save(); ctx.translate(x - kind.radius, y - kind.radius); ctx.scale(scale, scale);
  if (node.look === "solid") { ctx.fillStyle = colour; ctx.fill(SYMBOL.get(kind.name), "evenodd"); }
  else { ctx.fillStyle = ink.ground; ctx.fill(SYMBOL.get(kind.name)); }
  ctx.lineWidth = (node.look === "solid" ? 1 : 2.4) / scale * (emphasis ? 1.6 : 1);
  ctx.strokeStyle = emphasis ? ink.ink : node.look === "solid" ? (kind.colour === "#F0E442" ? "#8a8000" : colour) : kind.colour === "#F0E442" ? "#a89b00" : colour;
  if (node.look === "open") ctx.setLineDash([4.5, 3]);
  ctx.stroke(SYMBOL.get(kind.name));
  if (node.look === "crossed") { ctx.lineWidth = 2 / scale; ctx.beginPath(); ctx.moveTo(2, 2); ctx.lineTo(22, 22); ctx.moveTo(22, 2); ctx.lineTo(2, 22); ctx.strokeStyle = ink.ink; ctx.stroke(); }
  ctx.restore();
}
function lines(ctx, node, x, top, boxed) {
  ctx.textAlign = "center"; ctx.textBaseline = "top"; ctx.lineJoin = "round";
  let y = top;
  const put = (text, font, colour, height) => {
    ctx.font = font;
    if (!boxed) { ctx.lineWidth = 4; ctx.strokeStyle = ink.ground; ctx.strokeText(text, x, y); }
    ctx.fillStyle = boxed ? "#ffffff" : colour; ctx.fillText(text, x, y); y += height;
  };
  for (const text of node.head) put(text, "600 15px " + FONT, ink.ink, 19);
  for (const text of node.details) put(text, "13px " + FONT, ink.soft, 16);
}
function render({ ctx, id, x, y, state: { selected, hover } }) {
  const node = NODE.get(id), kind = KIND.get(node.kind), [width, height] = node.size, boxed = !kind.radius;
  const faded = near && !near.has(id);
  return {
    drawNode() {
      ctx.globalAlpha = faded ? 0.22 : 1;
      if (boxed) {
        const cut = kind.name === "Bloc" ? 12 : 0;
        ctx.beginPath();
        if (cut) { const l = x - width / 2, r = x + width / 2, t = y - height / 2, b = y + height / 2;
          ctx.moveTo(l + cut, t); ctx.lineTo(r - cut, t); ctx.lineTo(r, y); ctx.lineTo(r - cut, b); ctx.lineTo(l + cut, b); ctx.lineTo(l, y); ctx.closePath(); }
        else ctx.roundRect(x - width / 2, y - height / 2, width, height, 7);
        if (faded) { ctx.globalAlpha = 1; ctx.fillStyle = ink.ground; ctx.fill(); ctx.globalAlpha = 0.3; }
        ctx.fillStyle = paint(kind); ctx.fill();
        if (selected || hover) { ctx.lineWidth = 2.5; ctx.strokeStyle = ink.ink; ctx.stroke(); }
        lines(ctx, node, x, y - height / 2 + 9, true);
      } else symbol(ctx, node, kind, x, y, selected || hover);
    },
    drawExternalLabel() { if (!boxed) { ctx.globalAlpha = faded ? 0.22 : 1; lines(ctx, node, x, y + kind.radius + 4, false); } },
    nodeDimensions: boxed ? { width, height } : { width: 2 * kind.radius, height: 2 * kind.radius },
  };
}

const edgeSet = new vis.DataSet(DATA.edges.map(e => ({ id: e.id, from: e.from, to: e.to, relation: e.relation,
  dashes: [e.from, e.to].some(n => NODE.get(n).look !== "solid") ? [5, 5] : false,
  smooth: e.beside ? { enabled: true, type: e.beside % 2 ? "curvedCW" : "curvedCCW", roundness: 0.12 + 0.08 * e.beside } : false })));
const nodeSet = new vis.DataSet(DATA.nodes.map(n => ({ id: n.id, x: n.x, y: n.y, shape: "custom", label: "" })));
const nodeView = new vis.DataView(nodeSet, { filter: n => visible(NODE.get(n.id)) });
const edgeView = new vis.DataView(edgeSet, { filter: e => visibleEdge(EDGE.get(e.id)) });
readColours();
const OPTIONS = PAGE.options;
OPTIONS.nodes.ctxRenderer = render;
const net = new vis.Network($("canvas"), { nodes: nodeView, edges: edgeView }, OPTIONS);
function recolour() {
  readColours();
  net.setOptions({ edges: { color: { color: ink.edge, highlight: ink.accent, hover: ink.accent }, font: { color: ink.ink, strokeColor: ink.ground, face: FONT } } });
}

// A picture narrower or lower than the window is stretched. On a narrow screen one that is too wide at a legible scale is
// squeezed, as far as no box comes to cover another.
const MOST_STRETCH = 1.7, LEAST_LEGIBLE = 0.6, MOST_SQUEEZE = 0.5, SQUEEZE_STEP = 0.05, FEW = 200;
let stretch = [1, 1];
function place(node) { return { x: node.x * stretch[0], y: node.y * stretch[1] }; }
function extent(shown) {
  let [l, r, t, b] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of shown) {
    const { x, y } = place(node), [w, h, drop] = node.size;
    l = Math.min(l, x - w / 2); r = Math.max(r, x + w / 2); t = Math.min(t, y + drop - h / 2); b = Math.max(b, y + drop + h / 2);
  }
  return { x: (l + r) / 2, y: (t + b) / 2, wide: (r - l) / ($("canvas").clientWidth - 30), high: (b - t) / ($("canvas").clientHeight - 30) };
}
function covered(shown) {
  const boxes = shown.map(node => ({ ...place(node), size: node.size }));
  return boxes.reduce((n, a, i) => n + boxes.slice(i + 1).filter(b => Math.abs(a.x - b.x) < (a.size[0] + b.size[0]) / 2 &&
    Math.abs(a.y + a.size[2] - b.y - b.size[2]) < (a.size[1] + b.size[1]) / 2).length, 0);
}
function squeeze(shown, wide) {
  const before = covered(shown);
  for (let s = Math.max(MOST_SQUEEZE, 0.9 / (wide * LEAST_LEGIBLE)); s < 1; s += SQUEEZE_STEP) {
    stretch[0] = s;
    if (covered(shown) <= before) return;
  }
  stretch[0] = 1;
}
function fit(whole) {
  const shown = DATA.nodes.filter(visible);
  if (!shown.length) return;
  stretch = [1, 1];
  const { wide, high } = extent(shown);
  stretch = [Math.min(MOST_STRETCH, Math.max(1, high / wide)), Math.min(MOST_STRETCH, Math.max(1, wide / high))];
  if (narrow.matches && !whole && wide * LEAST_LEGIBLE > 1 && shown.length <= FEW) squeeze(shown, wide);
  nodeSet.update(DATA.nodes.map(n => ({ id: n.id, ...place(n) })));
  const all = extent(shown), scale = Math.min(1 / all.wide, 1 / all.high, 1.3);
  net.moveTo({ position: all, scale: narrow.matches && !whole ? Math.max(scale, LEAST_LEGIBLE) : scale });
}
function refresh() {
  nodeView.refresh(); edgeView.refresh();
  $("count").textContent = `${nodeView.length} of ${DATA.nodes.length} shown`;
  if (!state.chosen) panel();
}
function mark(chosen, labelled) {
  const lit = new Set(chosen);
  edgeSet.update(DATA.edges.map(e => ({ id: e.id, label: labelled && lit.has(e.id) ? e.words : "", color: { opacity: !near || lit.has(e.id) ? 1 : 0.25 } })));
}
function choose(id, move) {
  state.chosen = id;
  const node = NODE.get(id), edge = EDGE.get(id);
  for (const one of node ? [node] : edge ? [NODE.get(edge.from), NODE.get(edge.to)] : []) reveal(one);
  refresh();
  near = node ? new Set([id, ...EDGES_OF.get(id).flatMap(e => [e.from, e.to])]) : edge ? new Set([edge.from, edge.to]) : null;
  net.unselectAll();
  if (node) { net.selectNodes([id]); mark(EDGES_OF.get(id).map(e => e.id), EDGES_OF.get(id).length < 15); }
  else if (edge) { net.selectEdges([id]); mark([id], true); }
  else mark([], false);
  $("tip").hidden = true;
  if (node && (move || narrow.matches)) net.moveTo({ position: place(node), scale: Math.max(net.getScale(), 0.75), offset: { x: 0, y: narrow.matches ? -0.3 * $("canvas").clientHeight : 0 } });
  panel();
  history.replaceState(null, "", node ? "#" + encodeURIComponent(node.ref).replaceAll("%2F", "/") : location.pathname + location.search);
  if (narrow.matches) fold_panels(id ? "right" : null);
}
function reveal(node) {
  state.kinds.add(node.kind);
  if (!inRange(node)) { $("from").value = 0; $("to").value = $("to").max; dates(); }
  legend();
}

const STEPS = [...new Set(DATA.nodes.flatMap(n => [n.from, n.to]).filter(Boolean))].sort();
function dates() {
  const low = Math.min($("from").value, $("to").value), high = Math.max($("from").value, $("to").value);
  [state.from, state.to] = [STEPS[low], STEPS[high]];
  $("from-text").textContent = day(state.from); $("to-text").textContent = day(state.to);
  $("from").setAttribute("aria-valuetext", day(state.from)); $("to").setAttribute("aria-valuetext", day(state.to));
}
function timeline() {
  $("time").hidden = STEPS.length < 2;
  if (STEPS.length < 2) return;
  for (const name of ["from", "to"]) { $(name).max = STEPS.length - 1; $(name).oninput = () => { dates(); refresh(); }; }
  $("to").value = STEPS.length - 1;
  const stacked = new Map();
  for (const n of DATA.nodes.filter(n => n.from && KIND.get(n.kind).shown)) {
    const at = STEPS.indexOf(n.from), dot = make("i"), height = stacked.get(at) || 0;
    stacked.set(at, height + 1);
    if (height > 9) continue;
    dot.style.cssText = `left: calc(8px + (100% - 16px) * ${at / (STEPS.length - 1)} + ${height * (2 * at < STEPS.length ? 8 : -8)}px)`;
    dot.style.background = colourOf(KIND.get(n.kind)); $("ticks").append(dot);
  }
  dates();
}

net.on("click", ({ nodes, edges }) => choose(nodes[0] || edges[0] || null));
net.on("hoverEdge", ({ edge }) => { const e = EDGE.get(edge); $("tip").textContent = `${NODE.get(e.from).label} → ${e.words} → ${NODE.get(e.to).label}`; $("tip").hidden = false; });
net.on("blurEdge", () => { $("tip").hidden = true; });
net.on("hoverNode", ({ node }) => { const n = NODE.get(node); $("tip").textContent = n.label; $("tip").hidden = false; $("canvas").style.cursor = "pointer"; });
net.on("blurNode", () => { $("tip").hidden = true; $("canvas").style.cursor = ""; });
$("zoom-in").onclick = () => net.moveTo({ scale: net.getScale() * 1.3 });
$("zoom-out").onclick = () => net.moveTo({ scale: net.getScale() / 1.3 });
$("zoom-fit").onclick = () => fit(true);
addEventListener("keydown", event => { if (event.key === "Escape") choose(null); });
new ResizeObserver(() => { net.setSize("100%", "100%"); net.redraw(); fit(); }).observe($("canvas"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
function follow() { const id = BY_REF.get(decodeURIComponent(location.hash.slice(1))); if (id) choose(id, true); }
addEventListener("hashchange", follow);
$("time").onsubmit = event => event.preventDefault();
legend(); relations(); list(); timeline(); recolour(); refresh(); panel(); fit(); follow();
