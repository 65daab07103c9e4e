// @ts-check
// What one can do: choose, search, go to a neighbour, change level or language; the address keeps it.

const picture = new Picture(byId("graph"), network);
const search = /** @type {HTMLInputElement} */ (byId("search"));
const matches = byId("matches");
/** Nodes shown before this one, for Escape. @type {number[]} */
const trail = [];
let marked = -1;
/** What the table shows now. */
let shown = "";

/** Show a node, or nothing (-1). @param {number} index @param {{quiet?: boolean}} [how] */
function choose(index, { quiet = false } = {}) {
  if (index >= data.opening && index < data.drawn && !state.all) showAll(true);
  if (!quiet && state.node >= 0 && state.node !== index) trail.push(state.node);
  state.node = index;
  state.edge = -1;
  show();
  if (index >= 0) look();
  remember();
}

/** Bring the chosen node into view. */
function look() {
  if (picture.tall) byId("graph").scrollIntoView({ block: "start" });
  picture.reveal(state.node);
}

/** @param {number} index */
function chooseEdge(index) {
  if (state.node >= 0) trail.push(state.node);
  state.node = -1;
  state.edge = index;
  show();
  remember();
}

/** To what was shown before; in the end to nothing. */
function back() {
  choose(trail.pop() ?? -1, { quiet: true });
  byId("graph").focus({ preventScroll: true });
}

/** @param {boolean} all */
function showAll(all) {
  state.all = all;
  picture.move();
  picture.fit();
}

/** Everything that depends on what is chosen. */
function show() {
  const facts = byId("facts");
  const parts = state.node >= 0 ? nodeFacts(state.node) : state.edge >= 0 ? edgeFacts(state.edge) : summary();
  facts.replaceChildren(...parts);
  facts.scrollTop = 0;
  document.body.classList.toggle("chosen", state.node >= 0 || state.edge >= 0);
  const tabled = [state.lang, state.level, state.all].join();
  if (tabled !== shown) {
    byId("rows").replaceChildren(table());
    byId("footer").replaceChildren(...footer());
    shown = tabled;
  }
  byId("rows").querySelector("tr.here")?.classList.remove("here");
  byId("rows").querySelector(`th a[data-node="${state.node}"]`)?.closest("tr")?.classList.add("here");
  byId("aloud").textContent = aloud();
  press();
  picture.refresh();
}

/** What a screen reader says of the choice. */
function aloud() {
  if (state.edge >= 0) return edgeWords(state.edge);
  if (state.node < 0) return "";
  const row = rowOf.get(state.node), node = nodes[state.node];
  return [nameOf(state.node), typeOf(node), row ? `${say("level")} ${row.level}, ${statusWords(row, true)}` : ""].filter(Boolean).join(", ");
}

/** Everything that depends on the language too. */
function speak() {
  document.documentElement.lang = state.lang;
  document.title = data.title[state.lang];
  byId("title").textContent = data.title[state.lang];
  byId("as-of").textContent = data.asOf ? say("as_of", { date: date(data.asOf) }) : "";
  byId("languages").setAttribute("aria-label", say("language"));
  for (const button of byId("languages").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  }
  search.placeholder = say("search");
  search.setAttribute("aria-label", `${say("search")} (${say("search_key")})`);
  byId("graph").setAttribute("aria-label", say("graph_label"));
  byId("facts").setAttribute("aria-label", say("facts"));
  byId("levels-name").textContent = say("radius");
  byId("legend").replaceChildren(...legend());
  buttons();
  show();
}

/** The level and view buttons. */
function buttons() {
  const levels = [...new Set(rows.map((row) => row.level))].filter((level) => level > 0).sort((a, b) => a - b);
  const level = levels.map((n) => button(String(n), say("level_up_to", { n }), "level", n));
  byId("levels").replaceChildren(byId("levels-name"), ...level, button(say("all_levels"), "", "level", 0));
  byId("levels").hidden = levels.length < 2;
  byId("views").replaceChildren(...(data.drawn > data.opening ? [button("", "", "more", 0)] : []),
    button("−", say("zoom_out"), "out", 0), button("+", say("zoom_in"), "in", 0), button(say("fit"), "", "fit", 0));
  press();
}

/** Which of them are pressed. */
function press() {
  for (const made of byId("levels").querySelectorAll("button")) {
    made.setAttribute("aria-pressed", String((Number(made.dataset.n) || Infinity) === state.level));
  }
  const more = byId("views").querySelector("[data-action=more]");
  if (more) {
    more.textContent = state.all ? say("fewer") : say("more", { n: number(data.drawn - data.opening) });
    more.setAttribute("aria-pressed", String(state.all));
  }
}

/** @param {string} text @param {string} label @param {string} action @param {number} n */
function button(text, label, action, n) {
  const made = el("button", { type: "button", label }, text);
  made.dataset.action = action;
  made.dataset.n = String(n);
  return made;
}

/** @param {string} action @param {number} n */
function act(action, n) {
  if (action === "level") {
    state.level = n || Infinity;
    show();
    remember();
  } else if (action === "more") {
    showAll(!state.all);
    show();
  } else if (action === "fit") picture.fit(true);
  else if (action === "in" || action === "out") picture.zoom(action === "in" ? 1.3 : 1 / 1.3);
  else if (action === "back") back();
}

/** Keep what is shown in the address. */
function remember() {
  const kept = new URLSearchParams();
  if (state.node >= 0) kept.set("node", nodes[state.node].id);
  if (state.level < Infinity) kept.set("level", String(state.level));
  if (state.spoken) kept.set("lang", state.lang);
  const hash = `#${kept}`;
  try {
    if (hash !== (location.hash || "#")) history.replaceState(null, "", hash);
  } catch {
    // A page within a page may not be allowed an address of its own; nothing else depends on it.
  }
}

/** Take up what the address says. */
function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const lang = kept.get("lang");
  state.spoken = lang === "fr" || lang === "en";
  state.lang = state.spoken ? /** @type {Lang} */ (lang) : navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
  state.level = Number(kept.get("level")) || Infinity;
  const node = nodeById.get(kept.get("node") || "") ?? -1;
  state.node = node < data.drawn ? node : -1;
  state.edge = -1;
  if (state.node >= data.opening) showAll(true);
  speak();
  picture.fit();
  if (state.node >= 0) look();
}

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const searchable = nodes.slice(0, data.drawn).map((node) => ({ index: node.index,
  names: [node.names.en, node.names.fr, ...(node.details.aliases || [])].map(plain) }));

function find() {
  const wanted = plain(search.value.trim());
  const found = wanted ? searchable.flatMap(({ index, names }) => {
    const at = Math.min(...names.map((name) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 9)));
    return at < 9 ? [{ index, at }] : [];
  }).sort((a, b) => a.at - b.at || a.index - b.index).slice(0, 8) : [];
  marked = found.length ? 0 : -1;
  const items = found.map(({ index }, i) => {
    const item = el("li", { role: "option", node: index }, el("bdi", {}, nameOf(index)), " ", el("small", {}, typeOf(nodes[index])));
    item.id = `match-${i}`;
    return item;
  });
  matches.replaceChildren(...(items.length || !wanted ? items : [el("li", { class: "none" }, say("no_match"))]));
  matches.hidden = !wanted;
  search.setAttribute("aria-expanded", String(Boolean(wanted)));
  markMatch(marked);
}

/** @param {number} at */
function markMatch(at) {
  const items = [...matches.querySelectorAll("[role=option]")];
  marked = items.length ? (at + items.length) % items.length : -1;
  items.forEach((item, i) => item.setAttribute("aria-selected", String(i === marked)));
  if (marked >= 0) search.setAttribute("aria-activedescendant", `match-${marked}`);
  else search.removeAttribute("aria-activedescendant");
}

/** @param {Element | null | undefined} item */
function take(item) {
  if (!(item instanceof HTMLElement) || item.dataset.node === undefined) return;
  search.value = "";
  find();
  choose(Number(item.dataset.node));
  byId("graph").focus({ preventScroll: true });
}

search.addEventListener("input", find);
search.addEventListener("blur", () => setTimeout(() => { matches.hidden = true; }, 150));
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") markMatch(marked + (event.key === "ArrowDown" ? 1 : -1));
  else if (event.key === "Enter") take(matches.querySelectorAll("[role=option]")[marked]);
  else if (event.key === "Escape") { search.value = ""; find(); byId("graph").focus(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
});
matches.addEventListener("mousedown", (event) => {
  event.preventDefault();
  take(/** @type {Element} */ (event.target).closest("li"));
});

document.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button, a[data-node]"));
  if (!target || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const { node, edge, lang, action, n } = target.dataset;
  if (node !== undefined) choose(Number(node));
  else if (edge !== undefined) chooseEdge(Number(edge));
  else if (action) act(action, Number(n));
  else if (lang === "fr" || lang === "en") {
    state.lang = lang;
    state.spoken = true;
    speak();
    remember();
  }
});

picture.network.on("click", (/** @type {any} */ { pointer, edges: hit }) => {
  const node = picture.nodeAt(pointer.DOM);
  if (node >= 0) choose(node);
  else if (hit.length) chooseEdge(Number(hit[0]));
  else choose(-1);
});

const STEPS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inGraph = document.activeElement === byId("graph") || document.activeElement === document.body;
  if (event.key === "/" && document.activeElement !== search) search.focus();
  else if (event.key === "Escape") back();
  else if (inGraph && Object.hasOwn(STEPS, event.key)) {
    const [dx, dy] = STEPS[event.key];
    const to = state.node < 0 ? data.start : picture.towards(state.node, dx, dy);
    if (to >= 0) choose(to);
  } else if (inGraph && event.key === "Enter" && state.node >= 0) byId("facts").focus();
  else return;
  event.preventDefault();
});

addEventListener("hashchange", recall);
new ResizeObserver(() => {
  const tall = byId("graph").clientWidth < 600;
  if (tall !== picture.tall) {
    picture.tall = tall;
    picture.move();
    picture.refresh();
  }
  if (state.node >= 0) picture.reveal(state.node);
  else picture.fit();
}).observe(byId("graph"));

recall();
document.documentElement.dataset.ready = String(Math.round(performance.now()));
