// @ts-check
// The whole at a glance: the summary, the table that says what the graph shows, the legend, the footer.

/** What the page shows, when nothing is selected. @returns {Node[]} */
function summary() {
  const start = nameLink(data.start);
  const total = data.total;
  const sentence = (total ? count("reached", total, { s: "\u0000" }) : say("none_reached", { s: "\u0000" })).split("\u0000");
  /** @type {Node[]} */
  const parts = [el("h2", {}, say("summary")), el("p", {}, sentence[0], start, sentence[1] || "")];
  const counts = Object.keys(texts.status).map((name) => ({ name, n: rows.filter((row) => row.status === name).length })).filter(({ n }) => n);
  parts.push(el("ul", { class: "counts" }, ...counts.map(({ name, n }) => el("li", { class: name }, el("strong", {}, number(n)), ` ${word("status_long", name)}`))));
  const groups = rows.map((row) => nodes[row.node].details).filter((details) => details.unnamed);
  const bodies = groups.reduce((sum, details) => sum + Number(details.unnamed_count || 0), 0);
  if (groups.length) parts.push(el("p", {}, count(bodies ? "unnamed" : "unnamed_uncounted", groups.length, { m: number(bodies) })));
  parts.push(el("p", { class: "note" }, say("how_to")), el("p", { class: "note keys" }, say("keys")));
  return parts;
}

/** The table of the same selection. */
function table() {
  const head = ["level", "name", "type", "status", "via", "incident"].map((name) => el("th", { scope: "col" }, say(name)));
  const shown = rows.filter((row) => row.level <= state.level && (state.all || row.node < data.opening));
  const body = shown.map((row) => {
    const line = el("tr", {},
      el("td", { class: "number" }, el("span", { class: "word" }, `${say("level")} `), String(row.level)),
      el("th", { scope: "row" }, nameLink(row.node)),
      el("td", {}, typeOf(nodes[row.node])),
      el("td", { class: `status ${row.status}` }, statusWords(row, false), ...bodyMarks(row.node).flatMap((name) => [" ", mark(name)])),
      el("td", { class: "way" }, ...wayParts(row, row.node)),
      el("td", {}, row.incident >= 0 ? nameLink(row.incident) : "–"));
    return line;
  });
  const caption = el("caption", {}, el("strong", {}, say("table")), ` · ${shownWords(shown.length)}`);
  return el("table", {}, caption, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body));
}

/** @param {number} n */
function shownWords(n) {
  return say("shown", { n: number(n), m: number(data.total) });
}

/** Shapes, colours and borders that this page uses. @returns {Node[]} */
function legend() {
  const looks = new Set(nodes.slice(0, data.drawn).map(lookOf));
  const statuses = new Set(rows.map((row) => row.status));
  const items = /** @type {(keyof typeof LOOKS)[]} */ (Object.keys(LOOKS)).filter((look) => looks.has(look))
    .map((look) => legendItem(look, "", word("labels", look)));
  const steps = Object.keys(BORDERS).filter((name) => statuses.has(name)).map((name) => legendItem("Organisation", name, word("status", name)));
  const ways = edges.some((edge) => edge.details.inferred || isExposure(edge)) ? [el("li", {}, dottedLine(), say("legend_inferred"))] : [];
  return [el("ul", { label: say("legend") }, ...items, ...steps, ...ways)];
}

/** @param {keyof typeof LOOKS} look @param {string} status @param {string} text */
function legendItem(look, status, text) {
  const { canvas, ctx } = swatch(22);
  symbol(ctx, look, status, 10, 10, 7);
  return el("li", {}, canvas, text);
}

function dottedLine() {
  const { canvas, ctx } = swatch(28);
  ctx.setLineDash([2, 4]);
  ctx.strokeStyle = QUIET;
  ctx.lineWidth = 1.5;
  ctx.moveTo(1, 10);
  ctx.lineTo(27, 10);
  ctx.stroke();
  return canvas;
}

/** @param {number} width */
function swatch(width) {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, Math.ceil(globalThis.devicePixelRatio || 1));
  canvas.width = width * ratio;
  canvas.height = 20 * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = "20px";
  canvas.setAttribute("aria-hidden", "true");
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(ratio, ratio);
  return { canvas, ctx };
}

/** @returns {Node[]} */
function footer() {
  const shown = rows.filter((row) => row.level <= state.level && (state.all || row.node < data.opening)).length;
  const licences = /** @type {HTMLTemplateElement} */ (byId("licences")).content.textContent || "";
  return [el("p", {}, shownWords(shown), " · ", el("strong", {}, say("disclaimer"))),
    el("details", {}, el("summary", {}, say("method")), el("p", {}, say("method_text"))),
    el("details", {}, el("summary", {}, say("licences")), el("p", { lang: "en" }, licences))];
}
