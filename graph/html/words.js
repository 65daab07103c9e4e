// @ts-check
// Language, numbers, dates and sentences. What the data say becomes text here, never markup.

/** @typedef {"en" | "fr"} Lang */
/** @typedef {Record<string, any>} Details */
/** @typedef {{index: number, id: string, names: {en: string, fr: string}, label: string, details: Details}} StoryNode */
/** @typedef {{index: number, type: string, from: number, to: number, claims: number[], details: Details}} StoryEdge */
/** @typedef {{index: number, predicate: string, subject: number, object: number, asserter: string, kind: string,
 *   stated: string, source: number, quote: string, details: Details}} StoryClaim */
/** @typedef {{node: number, level: number, status: string, incident: number, via: number[],
 *   marks: string[]}} StoryRow */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const embedded = (id) => JSON.parse(byId(id).textContent || "null");

const data = embedded("story-data");
const texts = embedded("words-data");

/** @type {{nodes: any[], edges: any[], options: any}} */
const network = embedded("network-data");

/** @type {StoryNode[]} */
const nodes = data.nodes.map((/** @type {any[]} */ [id, en, fr, place], /** @type {number} */ index) => {
  const { label, ...details } = data.details[place];
  return { index, id, names: { en, fr: fr || en }, label, details };
});
/** @type {StoryEdge[]} */
const edges = data.edges.map((/** @type {any[]} */ [place, claims], /** @type {number} */ index) => {
  const { type, ...details } = data.details[place];
  return { index, type, from: network.edges[index].from, to: network.edges[index].to, claims, details };
});
/** @type {StoryClaim[]} */
const claims = data.claims.map((/** @type {any[]} */ [place, subject, object, voice, quote], /** @type {number} */ index) => {
  const { predicate, ...details } = data.details[place];
  const [asserter, kind, stated, source] = data.voices[voice];
  return { index, predicate, subject, object, asserter, kind, stated, source, quote, details };
});
/** @type {StoryRow[]} */
const rows = data.rows.map((/** @type {any[]} */ [node, level, status, incident, way, marks = []]) =>
  ({ node, level, status: Object.keys(texts.status)[status] ?? status, incident, via: [...way, node], marks }));
/** @type {Map<number, StoryRow>} */
const rowOf = new Map(rows.map((row) => [row.node, row]));
const nodeById = new Map(nodes.map((node) => [node.id, node.index]));

/** What the page shows now.
 * @type {{lang: Lang, spoken: boolean, level: number, node: number, edge: number, all: boolean}} */
const state = { lang: "en", spoken: false, level: Infinity, node: -1, edge: -1, all: false };

/** An interface text, its {parts} filled in.
 * @param {string} key @param {Record<string, string | number>} [parts] */
function say(key, parts = {}) {
  return fill(texts.interface[key][state.lang], parts);
}

/** A text about a number; one has its own words. @param {string} key @param {number} n @param {Record<string, string>} [parts] */
function count(key, n, parts = {}) {
  return say(n === 1 && Object.hasOwn(texts.interface, `${key}_one`) ? `${key}_one` : key, { n: number(n), ...parts });
}

/** @param {string} pattern @param {Record<string, string | number>} parts */
function fill(pattern, parts) {
  return pattern.replace(/\{(\w)\w*\}/g, (whole, letter) => String(parts[letter] ?? parts[whole.slice(1, -1)] ?? ""));
}

/** The entry of a closed list in the language of the page; the word itself where the list has no such entry.
 * @param {string} list @param {string} word */
function term(list, word) {
  const entries = Object.hasOwn(data.terms, list) ? data.terms[list] : {};
  return Object.hasOwn(entries, word) ? entries[word][state.lang === "fr" ? 1 : 0] : word;
}

/** A word of texts.yaml by its group, e.g. ("status", "confirmed").
 * @param {string} group @param {string} word */
function word(group, word) {
  return Object.hasOwn(texts[group], word) ? texts[group][word][state.lang] : word;
}

/** @param {number} index */
function nameOf(index) {
  return index in nodes ? nodes[index].names[state.lang] : "?";
}

/** What a node is, in words. @param {StoryNode} node */
function typeOf(node) {
  const second = (node.details.second || []).map((/** @type {string} */ label) => word("labels", label));
  const label = word("labels", node.details.unnamed ? "Unnamed" : node.label);
  const kind = node.details.kind ? term("organisation_kinds", node.details.kind)
    : node.details.category ? term("software_categories", node.details.category) : "";
  return [...(second.length ? second : [label]), kind, place(node)].filter(Boolean).join(" · ");
}

/** The country's name, as the browser knows it. @param {StoryNode} node */
function place(node) {
  const code = String(node.details.country || "");
  if (!/^[A-Z]{2}$/.test(code)) return "";
  return new Intl.DisplayNames([state.lang], { type: "region" }).of(code) || code;
}

/** @param {number | string} n */
function number(n) {
  return new Intl.NumberFormat(state.lang === "fr" ? "fr-FR" : "en-GB").format(Number(n));
}

/** A date in words with no more precision than it has: 2023, 2023-05, 2023-05-31 or a season, 2023-22.
 * @param {string} text */
function date(text) {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day] = parts;
  const season = Number(month) - 21;
  if (season >= 0) {
    const seasons = { en: ["spring", "summer", "autumn", "winter"], fr: ["printemps", "été", "automne", "hiver"] };
    return `${seasons[state.lang][season] || month} ${year}`;
  }
  if (!month) return year;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day || 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { timeZone: "UTC", year: "numeric", month: "long", ...(day ? { day: "numeric" } : {}) };
  const words = new Intl.DateTimeFormat(state.lang === "fr" ? "fr-FR" : "en-GB", form).format(at);
  return state.lang === "fr" && day === "01" ? words.replace(/^1\b/, "1er") : words;
}

/** How many people a claim means: “at least 9,000”. @param {StoryClaim} claim */
function figure(claim) {
  const { low, high, qualifier, value } = claim.details;
  const n = value ?? low ?? high;
  if (n === undefined) return "";
  const pattern = word("qualifiers", qualifier || "exact");
  return fill(pattern, { n: number(qualifier === "between" ? low : n), m: high === undefined ? "" : number(high) });
}

/** “9,000 or more”, “491,840 – 500,000 (approximate)”; "" where nothing is known.
 * @param {Details} details */
function interval(details) {
  const { people_low: low, people_high: high } = details;
  if (low === undefined && high === undefined) return "";
  const span = high === undefined ? fill(word("qualifiers", "at_least"), { n: number(low) })
    : low === high ? number(low) : `${number(low ?? 0)} – ${number(high)}`;
  const about = details.people_approximate ? ` (${say("approximate")})` : "";
  return span + about + (details.people_contradiction ? ` – ${say("contradiction")}` : "");
}

/** The status of a reached body in words. @param {StoryRow} row @param {boolean} long */
function statusWords(row, long) {
  if (!long) return word("status", row.status);
  const before = nodes[row.via[row.via.length - 2]];
  const byUse = row.status === "exposed" && before && before.label === "Software";
  return word("status_long", byUse ? "exposed_use" : row.status);
}

/** Denied and cleared, as marks, of a reached body. @param {number} node @returns {string[]} */
function bodyMarks(node) {
  return rowOf.get(node)?.marks ?? [];
}

/** @type {Map<string, StoryEdge>} */
const byEnds = new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge]));

/** The line between two nodes, and whether it is read along its arrow. @param {number} before @param {number} at */
function lineBetween(before, at) {
  const along = byEnds.get(`${before} ${at}`), edge = along || byEnds.get(`${at} ${before}`);
  return edge && { edge, along: edge === along };
}

/** The way to a reached body as [name, words, name, …]. A step without a line goes through the row’s incident.
 * @param {StoryRow} row @returns {(number | string)[]} */
function way({ via, incident }) {
  return via.flatMap((at, step) => {
    if (step === 0) return [at];
    const line = lineBetween(via[step - 1], at);
    if (line && Object.hasOwn(texts.edges, line.edge.type)) {
      return [texts.edges[line.edge.type][line.along ? state.lang : `${state.lang}_back`], at];
    }
    return incident >= 0 && lineBetween(incident, at) ? [say("same_incident"), at] : ["→", at];
  });
}

/** A line in words. @param {number} index */
function edgeWords(index) {
  const { from, to, type } = edges[index];
  return `${nameOf(from)} ${Object.hasOwn(texts.edges, type) ? texts.edges[type][state.lang] : type} ${nameOf(to)}`;
}

/** What a claim states, as text and names (a number stands for the node of that place).
 * `here` is the node whose facts are shown: as a subject it goes without saying.
 * @param {StoryClaim} claim @param {number} here @returns {(number | string)[]} */
function sentence(claim, here) {
  const { predicate, details, subject, object } = claim;
  const fact = Object.hasOwn(texts.facts, predicate) ? texts.facts[predicate] : { en: predicate, fr: predicate };
  const isLine = `${state.lang}_not` in fact;
  /** @type {(number | string)[]} */
  const said = subject === here || subject < 0 ? [] : [subject, isLine ? " " : state.lang === "fr" ? " – " : ": "];
  if (isLine) {
    const verb = fact[details.negated ? `${state.lang}_not` : state.lang];
    const begin = said.length ? verb : upper(verb.replace(/^– /, ""));
    return [...said, `${begin} `, object, ...lineDetails(claim)];
  }
  return [...said, ...valueWords(claim, fact[state.lang])];
}

/** @param {StoryClaim} claim @returns {string[]} */
function lineDetails({ details, predicate }) {
  const more = [
    details.service && say("service", { o: details.service }),
    details.role && term(predicate === "investigates" ? "investigation_roles" : "event_roles", details.role),
    details.wording && say("wording", { o: details.wording }),
    (details.subset || "").replaceAll("_", " "),
    details.date && (predicate === "investigates" || predicate === "filed" ? date(details.date) : say("since", { date: date(details.date) })),
    details.until && say("until", { date: date(details.until) }),
  ].filter(Boolean);
  return more.length ? [` (${more.join(state.lang === "fr" ? "\u202f; " : "; ")})`] : [];
}

/** @param {StoryClaim} claim @param {string} label @returns {(number | string)[]} */
function valueWords(claim, label) {
  const { predicate, details, object } = claim;
  const colon = state.lang === "fr" ? "\u00a0: " : ": ";
  const text = details[`text_${state.lang}`] || details.text_en || details.text_fr || "";
  const when = details.date ? [date(details.date), details.until && date(details.until)].filter(Boolean).join(" – ") : "";
  const named = object >= 0 ? [object] : [];
  /** @param {(number | string)[]} parts */
  const joined = (parts) => parts.filter((part) => part !== "").flatMap((part, i) => (i ? [" · ", part] : [part]));
  if (predicate === "people") return joined([figure(claim), ...scope(claim)]);
  if (predicate === "kind") return joined([label + colon + term("incident_kinds", details.value), details.wording && say("wording", { o: details.wording }) || ""]);
  if (predicate === "event") return joined([upper(term("event_roles", details.role || "")), when, ...named, text]);
  if (predicate === "sanction") {
    const amount = details.amount === undefined ? "" : `${number(details.amount)} ${details.currency || ""}`.trim();
    return joined([upper(term("sanction_kinds", details.role || "")), amount, when, ...named, details.reference || "", text]);
  }
  if (predicate === "ransomware_use") return [label + colon + texts[details.value === "true" ? "yes" : "no"][state.lang]];
  if (/_on$|_from$|_to$/.test(predicate)) return [label + colon + date(details.date || String(details.value ?? ""))];
  return joined([text || String(details.value ?? label), when, ...named]);
}

/** Whom a figure counts. @param {StoryClaim} claim @returns {(number | string)[]} */
function scope({ details, object }) {
  const parts = [object >= 0 ? object : word("people_scope", "whole"), (details.subset || "").replaceAll("_", " "),
    details.population ? term("populations", details.population) : ""];
  return parts.filter((part) => part !== "");
}

/** @param {string} text */
function upper(text) {
  return text.charAt(0).toLocaleUpperCase(state.lang) + text.slice(1);
}
