// @ts-check
// The facts of a node or a line: text through textContent only, links only to http and https.

/** An element. @template {keyof HTMLElementTagNameMap} T @param {T} tag
 * @param {{class?: string, lang?: string, type?: string, href?: string, scope?: string, role?: string, label?: string, node?: number}} given
 * @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[T]} */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  if (given.class) made.className = given.class;
  for (const name of /** @type {const} */ (["lang", "type", "scope", "role"])) {
    if (given[name]) made.setAttribute(name, given[name]);
  }
  if (given.label) made.setAttribute("aria-label", given.label);
  if (given.node !== undefined) made.dataset.node = String(given.node);
  if (given.href && made instanceof HTMLAnchorElement) {
    made.href = given.href;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
  }
  made.append(...children);
  return made;
}

/** The address if it is one of the web, else "". @param {string | undefined} url */
function webAddress(url) {
  try {
    const { protocol } = new URL(url || "");
    return url && (protocol === "http:" || protocol === "https:") ? url : "";
  } catch {
    return "";
  }
}

/** A node’s name: a link where it is drawn, else text. @param {number} index @param {number} [here] */
function nameLink(index, here = -1) {
  const name = el("bdi", {}, nameOf(index));
  if (index === here || index >= data.drawn || index < 0) return el("span", { class: "name" }, name);
  const link = el("a", { class: "link", node: index }, name);
  link.href = `#${new URLSearchParams({ node: nodes[index].id })}`;
  return link;
}

/** @param {(number | string)[]} parts @param {number} here */
function worded(parts, here) {
  return parts.map((part) => (typeof part === "number" ? nameLink(part, here) : part));
}

/** @param {string} kind @param {string} [text] */
function mark(kind, text) {
  return el("span", { class: `mark ${kind}` }, text || word("marks", kind));
}

/** @param {StoryClaim} claim */
function marksOf({ predicate, details }) {
  const marks = [];
  if (details.negated) marks.push(predicate === "exposed" ? mark("not_exposed") : mark("negated"));
  if (details.cleared) marks.push(mark("cleared"));
  if (details.hedged) marks.push(mark("hedged"));
  if (details.inferred) marks.push(mark("inferred"));
  if (details.superseded) marks.push(mark("superseded"));
  return marks;
}

/** The words of the source, or that none are shipped. @param {StoryClaim} claim */
function quoted(claim) {
  if (!claim.quote) return el("p", { class: "no-quote" }, say("no_quote"));
  const lang = claim.details.quote_lang || (data.sources[claim.source] || {}).lang || "";
  const quote = el("blockquote", { lang: /^[a-z]{2,3}(-\w+)?$/i.test(lang) ? lang : "" }, el("bdi", {}, claim.quote));
  quote.dir = "auto";
  return quote;
}

/** Who says so, when. @param {StoryClaim} claim */
function asserted(claim) {
  const kind = claim.kind ? term("asserter_kinds", claim.kind) : "";
  const role = claim.details.asserter_role || "";
  const about = [role, kind].filter(Boolean).join(", ");
  const who = el("span", { class: "who" }, claim.asserter ? el("bdi", {}, claim.asserter) : "", claim.asserter && about ? ` (${about})` : about);
  return el("p", { class: "said" }, who, " · ", claim.stated ? say("stated_on", { date: date(claim.stated) }) : say("undated"));
}

/** Where it stands. @param {StoryClaim} claim */
function sourced(claim) {
  const source = data.sources[claim.source];
  if (!source) return el("p", { class: "source" }, say("no_source"));
  const title = el("cite", { lang: source.lang || "" }, el("bdi", {}, source.title || source.publisher || say("untitled")));
  const address = webAddress(source.url), kept = webAddress(source.archived_url);
  const line = el("p", { class: "source" }, address ? el("a", { href: address }, title) : title);
  const more = [source.title ? source.publisher : "", source.published_on && say("published_on", { date: date(source.published_on) }),
    source.relay_of && say("relay_of", { o: source.relay_of }), claim.details.locator].filter(Boolean);
  if (more.length) line.append(" · ", more.join(" · "));
  if (kept) line.append(" · ", el("a", { href: kept }, say("archived")));
  if (source.low) line.append(" ", mark("low", say("low_reliability")));
  return line;
}

/** One fact with its quote, author and source. @param {StoryClaim} claim @param {number} here */
function factItem(claim, here) {
  return el("li", { class: claim.details.superseded ? "fact old" : "fact" },
    el("p", { class: "sentence" }, ...worded(sentence(claim, here), here), ...marksOf(claim).flatMap((m) => [" ", m])),
    quoted(claim), asserted(claim), sourced(claim));
}

/** Figures by whom they count; rivals stand side by side. @param {StoryClaim[]} told @param {number} here */
function figures(told, here) {
  /** @type {Map<string, StoryClaim[]>} */
  const scopes = new Map();
  for (const claim of told) {
    const key = [claim.subject, claim.object, claim.details.subset || "", claim.details.population || ""].join(" ");
    scopes.set(key, [...(scopes.get(key) || []), claim]);
  }
  const whole = (/** @type {StoryClaim[]} */ [claim]) => (claim.object < 0 ? 0 : 1) + (claim.details.subset || claim.details.population ? 2 : 0);
  const ordered = [...scopes.values()].sort((a, b) => whole(a) - whole(b) || a[0].index - b[0].index);
  return listed(ordered.map((group) => el("li", {}, el("p", { class: "scope" }, ...worded(scopeWords(group[0], here), here)),
    el("ul", { class: "figures" }, ...group.map(figureCard)))), "scopes");
}

/** @param {StoryClaim} claim */
function figureCard(claim) {
  const entered = claim.details.in_interval;
  const marks = marksOf(claim).filter((m) => entered !== "superseded" || !m.classList.contains("superseded"));
  if (entered) marks.unshift(mark(entered === "counted" ? "counted" : "apart", word("in_interval", entered)));
  return el("li", { class: claim.details.superseded ? "fact old" : "fact" }, el("p", { class: "figure" }, figure(claim) || "–"),
    el("p", { class: "marks" }, ...marks.flatMap((m) => [m, " "])), quoted(claim), asserted(claim), sourced(claim));
}

/** @param {StoryClaim} claim @param {number} here @returns {(number | string)[]} */
function scopeWords(claim, here) {
  const parts = claim.subject >= 0 && claim.subject !== here ? [claim.subject] : [];
  const counted = scope(claim).filter((part) => part !== here || !parts.length);
  return [...parts, ...counted].flatMap((part, i) => (i ? [" · ", part] : [part]));
}

const FIRST_SHOWN = 8;

/** Facts under their headings. @param {StoryClaim[]} told @param {number} here */
function factGroups(told, here) {
  const groups = new Map(Object.keys(texts.groups).map((group) => [group, /** @type {StoryClaim[]} */ ([])]));
  for (const claim of told) {
    const fact = Object.hasOwn(texts.facts, claim.predicate) ? texts.facts[claim.predicate] : { group: "other" };
    /** @type {StoryClaim[]} */ (groups.get(fact.group)).push(claim);
  }
  return [...groups].filter(([, group]) => group.length).map(([name, group]) => {
    group.sort((a, b) => Number(!!a.details.superseded) - Number(!!b.details.superseded)
      || sortDate(a).localeCompare(sortDate(b)) || a.index - b.index);
    const section = el("section", {}, el("h3", {}, word("groups", name), " ", el("span", { class: "count" }, number(group.length))));
    if (name === "people") section.append(...figures(group, here));
    else section.append(...listed(group.map((claim) => factItem(claim, here)), "facts-list"));
    return section;
  });
}

/** @param {StoryClaim} claim */
function sortDate(claim) {
  return String(claim.details.date || claim.stated || "9999");
}

/** The first few, and the rest behind a click. @param {HTMLElement[]} items @param {string} kind */
function listed(items, kind) {
  const list = el("ul", { class: kind }, ...items.slice(0, FIRST_SHOWN));
  if (items.length <= FIRST_SHOWN + 1) {
    list.append(...items.slice(FIRST_SHOWN));
    return [list];
  }
  const rest = el("details", {}, el("summary", {}, say("more", { n: number(items.length - FIRST_SHOWN) })), el("ul", { class: kind }, ...items.slice(FIRST_SHOWN)));
  return [list, rest];
}

/** @param {string} type @param {(Node | string)[]} title */
function panelHead(type, title) {
  const close = el("button", { type: "button", class: "close", label: say("close") }, "×");
  close.dataset.action = "back";
  return el("div", { class: "head" }, el("p", { class: "type" }, type), el("h2", {}, ...title), close);
}

/** The facts of one node. @param {number} index @returns {Node[]} */
function nodeFacts(index) {
  const node = nodes[index], row = rowOf.get(index);
  const about = new Set(data.also.filter((/** @type {number[]} */ pair) => pair[1] === index).map((/** @type {number[]} */ pair) => pair[0]));
  const told = claims.filter((claim) => claim.subject === index || claim.object === index || about.has(claim.index));
  /** @type {Node[]} */
  const parts = [panelHead(typeOf(node), [el("bdi", {}, nameOf(index))])];
  if (row && index !== data.start) {
    parts.push(el("p", { class: `status ${row.status}` }, `${say("level")} ${row.level} · `, el("strong", {}, statusWords(row, true)),
      ...bodyMarks(index).flatMap((name) => [" ", mark(name)])));
    parts.push(el("p", { class: "way" }, ...wayParts(row, index)));
  }
  const span = peopleOf(index);
  if (span) parts.push(el("p", { class: "interval" }, `${say("interval")} `, el("strong", {}, span), ` – ${say("interval_each_once")}`));
  if (node.details.disputed) {
    const names = node.details.disputed.map((/** @type {string} */ name) => (Object.hasOwn(texts.facts, name) ? texts.facts[name][state.lang] : name));
    parts.push(el("p", { class: "note" }, say("disputed", { o: names.join(", ").toLocaleLowerCase(state.lang) })));
  }
  parts.push(...(told.length ? factGroups(told, index) : [el("p", { class: "note" }, say("no_facts"))]));
  parts.push(...connections(index));
  return parts;
}

/** People of an incident, or of a body where one incident gives them. @param {number} index */
function peopleOf(index) {
  if (nodes[index].label === "Incident") return interval(nodes[index].details);
  const hits = edges.filter((edge) => edge.type === "AFFECTED" && edge.to === index && interval(edge.details));
  return hits.length === 1 ? interval(hits[0].details) : "";
}

/** @param {number} index */
function connections(index) {
  const items = edges.filter(({ from, to }) => from === index || to === index).map((edge) => {
    const other = edge.from === index ? edge.to : edge.from;
    const verb = texts.edges[edge.type] ? texts.edges[edge.type][edge.from === index ? state.lang : `${state.lang}_back`] : edge.type;
    const line = el("button", { type: "button", class: "link quiet" }, verb);
    line.dataset.edge = String(edge.index);
    return el("li", {}, line, " ", nameLink(other));
  });
  if (!items.length) return [];
  return [el("section", {}, el("h3", {}, say("connected"), " ", el("span", { class: "count" }, number(items.length))), ...listed(items, "links"))];
}

/** The facts of one line. @param {number} index @returns {Node[]} */
function edgeFacts(index) {
  const edge = edges[index];
  const verb = texts.edges[edge.type] ? texts.edges[edge.type][state.lang] : edge.type;
  const told = edge.claims.map((at) => claims[at]);
  if (edge.type === "AFFECTED") told.push(...claims.filter((c) => c.predicate === "people" && c.subject === edge.from && c.object === edge.to));
  /** @type {Node[]} */
  const parts = [panelHead(say("line"), [nameLink(edge.from), el("span", { class: "verb" }, ` ${verb} `), nameLink(edge.to)])];
  const { status: step, sources, hedged, inferred } = edge.details;
  const line = el("p", { class: `status ${step || ""}` });
  if (step) line.append(el("strong", {}, word("status_long", step)), " ");
  for (const name of ["denied", "cleared"]) if (edge.details[name]) line.append(mark(name), " ");
  if (hedged) line.append(mark("hedged"), " ");
  if (inferred) line.append(mark("inferred"), " ");
  if (sources) line.append(count("independent_sources", Number(sources)));
  parts.push(line);
  if (interval(edge.details)) parts.push(el("p", { class: "interval" }, `${say("interval")} `, el("strong", {}, interval(edge.details))));
  if (isExposure(edge)) parts.push(el("p", { class: "note" }, say("inferred_along")));
  parts.push(...(told.length ? factGroups(told, -1) : [el("p", { class: "note" }, say("no_facts"))]));
  return parts;
}

/** @param {StoryEdge} edge */
function isExposure({ from, to }) {
  return [[from, to], [to, from]].some(([a, b]) => {
    const row = rowOf.get(b);
    return row !== undefined && row.status === "exposed" && row.via[row.via.length - 2] === a;
  });
}

/** @param {StoryRow} row @param {number} here */
function wayParts(row, here) {
  return way(row).map((part) => (typeof part === "number" ? nameLink(part, here) : el("span", { class: "verb" }, ` ${part} `)));
}
