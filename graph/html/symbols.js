// @ts-check
// What a node looks like: a colour and a shape for its type, a border for its status, two lines of name.

const INK = "#1b1b1b", QUIET = "#5f6368", FAINT = "#a4abb3", FAINTER = "#e3e6e9", CHOSEN = "#c77700", CHOSEN_MANY = "#dfb36a", PAPER = "#ffffff";
/** Okabe and Ito’s colours, and a shape for each type, so that no type is told by its colour alone. */
const LOOKS = {
  Incident: { fill: "#D55E00", shape: "triangle" },
  Organisation: { fill: "#0072B2", shape: "circle" },
  Unnamed: { fill: "#0072B2", shape: "circles" },
  Vendor: { fill: "#E69F00", shape: "square" },
  Authority: { fill: "#009E73", shape: "pentagon" },
  Software: { fill: "#56B4E9", shape: "hexagon" },
  Vulnerability: { fill: "#F0E442", shape: "diamond" },
  Attacker: { fill: "#000000", shape: "down" },
  Campaign: { fill: "#CC79A7", shape: "star" },
};
/** How a status is drawn: the width and the dashes of the border, and how full the shape is. */
const BORDERS = {
  confirmed: { width: 2.5, dashes: [], full: 1 },
  reported: { width: 1.5, dashes: [], full: 0.55 },
  claimed: { width: 1.5, dashes: [5, 3], full: 0.25 },
  exposed: { width: 1.5, dashes: [1.5, 2.5], full: 0 },
};
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LINE = 24, LABEL_X = 14, LINE_HEIGHT = 15;

/** @param {StoryNode} node @returns {keyof typeof LOOKS} */
function lookOf(node) {
  const second = node.details.second || [];
  if (node.details.unnamed) return "Unnamed";
  if (second.includes("Authority")) return "Authority";
  if (second.includes("Vendor")) return "Vendor";
  return Object.hasOwn(LOOKS, node.label) ? /** @type {keyof typeof LOOKS} */ (node.label) : "Organisation";
}

/** Two lines of at most 24 letters (layout.py reckons with the same). @param {string} name */
function wrapped(name) {
  if (name.length <= LINE) return [name];
  let cut = name.lastIndexOf(" ", LINE);
  if (cut < LINE / 3) cut = LINE;
  const rest = name.slice(cut).trim();
  return [name.slice(0, cut).trim(), rest.length > LINE ? `${rest.slice(0, LINE - 1).trim()}…` : rest];
}

/** @param {CanvasRenderingContext2D} ctx @param {string} shape @param {number} x @param {number} y @param {number} r */
function outline(ctx, shape, x, y, r) {
  /** @param {number} sides @param {number} turn @param {number} [inner] */
  const polygon = (sides, turn, inner) => {
    const count = inner ? sides * 2 : sides;
    for (let i = 0; i < count; i += 1) {
      const angle = turn + (2 * Math.PI * i) / count, reach = inner && i % 2 ? r * inner : r;
      ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    ctx.closePath();
  };
  ctx.beginPath();
  if (shape === "square") ctx.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else if (shape === "triangle") polygon(3, -Math.PI / 2);
  else if (shape === "down") polygon(3, Math.PI / 2);
  else if (shape === "diamond") polygon(4, 0);
  else if (shape === "pentagon") polygon(5, -Math.PI / 2);
  else if (shape === "hexagon") polygon(6, 0);
  else if (shape === "star") polygon(5, -Math.PI / 2, 0.5);
  else ctx.arc(x, y, r * 0.9, 0, 2 * Math.PI);
}

/** One symbol, on the graph or in the legend.
 * @param {CanvasRenderingContext2D} ctx @param {keyof typeof LOOKS} look @param {string} status
 * @param {number} x @param {number} y @param {number} r */
function symbol(ctx, look, status, x, y, r) {
  const { fill, shape } = LOOKS[look];
  const border = Object.hasOwn(BORDERS, status) ? BORDERS[/** @type {keyof typeof BORDERS} */ (status)] : { width: 1, dashes: [], full: 1 };
  const alpha = ctx.globalAlpha;
  if (shape === "circles") circleBehind(ctx, fill, border, x + 4, y, r * 0.8);
  outline(ctx, shape, x, y, r);
  ctx.fillStyle = PAPER;
  ctx.fill();
  ctx.globalAlpha = alpha * border.full;
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.globalAlpha = alpha;
  ctx.lineWidth = border.width;
  ctx.setLineDash(border.dashes);
  ctx.strokeStyle = border.full === 1 ? INK : fill;
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The second circle behind a group. @param {CanvasRenderingContext2D} ctx @param {string} colour
 * @param {{width: number, dashes: number[]}} border @param {number} x @param {number} y @param {number} r */
function circleBehind(ctx, colour, border, x, y, r) {
  outline(ctx, "circle", x, y, r);
  ctx.fillStyle = PAPER;
  ctx.fill();
  ctx.lineWidth = border.width;
  ctx.setLineDash(border.dashes);
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** The lines of a label and its small status line. @param {number} index */
function labelOf(index) {
  const row = rowOf.get(index);
  const small = index === data.start ? say("start")
    : row ? [statusWords(row, false), ...bodyMarks(index).map((mark) => word("marks", mark))].join(" · ") : "";
  return { lines: wrapped(nameOf(index)), small };
}
