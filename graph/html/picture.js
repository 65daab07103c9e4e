// @ts-check
// The graph itself: vis-network with a renderer of our own, positions baked in Python, no physics, no tooltips.

const INK = "#1b1b1b", QUIET = "#5f6368", FAINT = "#a4abb3", FAINTER = "#e3e6e9", CHOSEN = "#c77700", PAPER = "#ffffff";
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
  if (shape === "circles") symbol2(ctx, fill, border, x + 4, y, r * 0.8);
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
function symbol2(ctx, colour, border, x, y, r) {
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

class Picture {
  /** @param {HTMLElement} box @param {{nodes: any[], edges: any[], options: any}} baked */
  constructor(box, baked) {
    this.box = box;
    this.baked = baked;
    this.tall = box.clientWidth < 600;
    /** @type {Map<number, ReturnType<typeof labelOf>>} */
    this.labels = new Map();
    /** @type {Map<number, boolean>} */
    this.fades = new Map();
    this.vis = /** @type {any} */ (globalThis).vis;
    const draw = (/** @type {any} */ given) => this.node(given);
    baked.options.nodes.ctxRenderer = draw;
    baked.options.nodes.chosen = false;
    baked.options.edges.chosen = false;
    /** The looks that the lines have now. @type {string[]} */
    this.looks = [];
    this.indented = this.indents();
    this.nodeSet = new this.vis.DataSet(baked.nodes);
    this.edgeSet = new this.vis.DataSet(baked.edges.map((edge) => ({ ...edge, ...this.lineLook(edge.id) })));
    if (this.tall || data.drawn > data.opening) this.move();
    this.network = new this.vis.Network(box, { nodes: this.nodeSet, edges: this.edgeSet }, baked.options);
    this.network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.captions(ctx));
  }

  /** @param {number} index */
  isShown(index) {
    return index < (state.all ? data.drawn : data.opening);
  }

  /** Faded: beyond the chosen level. @param {number} index */
  isFaded(index) {
    const row = rowOf.get(index);
    if (row || state.level === Infinity) return row !== undefined && row.level > state.level;
    let faded = this.fades.get(index);
    if (faded === undefined) this.fades.set(index, (faded = !reachedBy(index)));
    return faded;
  }

  /** @param {any} given */
  node({ ctx, id, x, y, state: { selected, hover } }) {
    const node = nodes[id], row = rowOf.get(id);
    const radius = id === data.start ? 11 : 8;
    return {
      drawNode: () => {
        ctx.globalAlpha = this.isFaded(id) ? 0.18 : 1;
        if (selected || hover || id === state.node) {
          ctx.beginPath();
          ctx.arc(x, y, radius + 5, 0, 2 * Math.PI);
          ctx.fillStyle = id === state.node ? "#ffe08a" : "#e8eaed";
          ctx.fill();
        }
        symbol(ctx, lookOf(node), row && id !== data.start ? row.status : "", x, y, radius);
        ctx.globalAlpha = 1;
      },
      drawExternalLabel: () => this.label(ctx, id, x, y),
      nodeDimensions: { width: radius * 2 + 4, height: radius * 2 + 4 },
    };
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} id @param {number} x @param {number} y */
  label(ctx, id, x, y) {
    let label = this.labels.get(id);
    if (!label) this.labels.set(id, (label = labelOf(id)));
    const strong = id === data.start || id === state.node;
    const left = x + LABEL_X + (id === data.start ? 3 : 0);
    let top = y - ((label.lines.length - 1) * LINE_HEIGHT + (label.small ? 12 : 0)) / 2;
    ctx.globalAlpha = this.isFaded(id) ? 0.25 : 1;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = PAPER;
    ctx.lineWidth = 4;
    const texts = label.lines.map((text) => ({ text, font: `${strong ? 600 : 400} 13px ${FONT}`, colour: INK, step: LINE_HEIGHT }));
    if (label.small) texts.push({ text: label.small, font: `400 10.5px ${FONT}`, colour: QUIET, step: 12 });
    for (const { text, font, colour, step } of texts) {
      ctx.font = font;
      ctx.strokeText(text, left, top);
      ctx.fillStyle = colour;
      ctx.fillText(text, left, top);
      top += step;
    }
    ctx.globalAlpha = 1;
  }

  /** “Level 1 · 28” above each level’s column. @param {CanvasRenderingContext2D} ctx */
  captions(ctx) {
    if (this.tall) {
      this.guides(ctx);
      return;
    }
    ctx.font = `600 12px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillStyle = QUIET;
    const top = this.bounds().top - 12;
    for (const [level, group] of this.levels()) {
      const left = Math.min(...group.map((index) => this.at(index)[0]));
      ctx.globalAlpha = level > state.level ? 0.25 : 1;
      ctx.fillText(`${say("level")} ${level} · ${number(group.length)}`, left - 8, top);
    }
    ctx.globalAlpha = 1;
  }

  /** In a tall picture, from whom each node is indented. @returns {Map<number, number>} */
  indents() {
    /** @type {[number, number][]} */
    const above = [];
    const found = new Map();
    const shown = this.baked.nodes.map((_, index) => index).filter((index) => this.isShown(index));
    for (const index of shown.sort((a, b) => this.at(a)[1] - this.at(b)[1])) {
      const [x] = this.at(index);
      while (above.length && above[above.length - 1][0] >= x) above.pop();
      if (above.length) found.set(index, above[above.length - 1][1]);
      above.push([x, index]);
    }
    return found;
  }

  /** Those lines of an indented list, drawn instead of all edges. @param {CanvasRenderingContext2D} ctx */
  guides(ctx) {
    for (const here of [false, true]) {
      ctx.strokeStyle = here ? CHOSEN : FAINT;
      ctx.lineWidth = here ? 1.8 : 1;
      for (const [index, parent] of this.indented) {
        const line = lineBetween(parent, index);
        if (here !== Boolean(line && (index === state.node || parent === state.node))) continue;
        const [x, y] = this.at(index), [left, top] = this.at(parent);
        ctx.setLineDash(line && (line.edge.details.inferred || isExposure(line.edge)) ? [2, 4] : []);
        ctx.beginPath();
        ctx.moveTo(left, top);
        ctx.lineTo(left, y);
        ctx.lineTo(x, y);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
  }

  /** @returns {Map<number, number[]>} */
  levels() {
    const levels = new Map();
    for (const row of rows) {
      if (!this.isShown(row.node) || row.node === data.start) continue;
      levels.set(row.level, [...(levels.get(row.level) || []), row.node]);
    }
    return levels;
  }

  /** @param {number} index @returns {[number, number]} */
  at(index) {
    const name = (this.tall ? "tall" : "wide") + (state.all && data.places.wideAll ? "All" : "");
    const list = data.places[name];
    if (list) return [list[2 * index], list[2 * index + 1]];
    return [this.baked.nodes[index].x, this.baked.nodes[index].y];
  }

  bounds() {
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (let i = 0; i < data.drawn; i += 1) {
      if (!this.isShown(i)) continue;
      const [x, y] = this.at(i);
      const width = LABEL_X + 6.8 * Math.max(...wrapped(nameOf(i)).map((line) => line.length));
      left = Math.min(left, x - 24); right = Math.max(right, x + width);
      top = Math.min(top, y - 20); bottom = Math.max(bottom, y + 20);
    }
    return { left, top, right, bottom };
  }

  /** Put every node where it belongs: wide or tall, opening view or all. */
  move() {
    /** The looks that the lines have now. @type {string[]} */
    this.looks = [];
    this.indented = this.indents();
    this.nodeSet.update(this.baked.nodes.map((_, index) => {
      const [x, y] = this.at(this.isShown(index) ? index : 0);
      return { id: index, x, y, hidden: !this.isShown(index) };
    }));
  }

  /** How much of the box is free to see: on a phone the facts cover what is below. */
  room() {
    const { clientWidth: width, clientHeight: height } = this.box;
    const covered = this.tall && (state.node >= 0 || state.edge >= 0) ? innerHeight * 0.42 : height;
    return { width, height: Math.min(height, covered) };
  }

  /** All of it where it stays readable; else at a readable scale, from the start. @param {boolean} [whole] */
  fit(whole = false) {
    const { left, top, right, bottom } = this.bounds();
    const { clientWidth: width, clientHeight: height } = this.box;
    const across = width / (right - left + 24);
    const fitting = Math.min(across, height / (bottom - top + 56), 1.25);
    const scale = whole ? fitting : Math.max(fitting, this.tall ? Math.min(1.1, across) : 0.62);
    let x = (left + right) / 2, y = (top + bottom) / 2 - 10;
    if (scale > fitting) {
      if (this.tall || (right - left) * scale > width) x = left - 12 + width / 2 / scale;
      const half = height / 2 / scale, [, startY] = this.at(data.start);
      if ((bottom - top + 56) * scale > height) y = Math.max(top - 34 + half, Math.min(startY, bottom + 20 - half));
    }
    this.network.moveTo({ position: { x, y }, scale });
  }

  /** Bring a node into view without moving what is already well placed. @param {number} index */
  reveal(index) {
    const [x, y] = this.at(index);
    const { width, height } = this.room(), scale = this.network.getScale();
    const { x: left, y: top } = this.network.canvasToDOM({ x, y });
    if (left > 30 && top > 30 && left < width - 160 && top < height - 30) return;
    const shift = (this.box.clientHeight - height) / 2 / scale;
    const { x: atX } = this.network.getViewPosition();
    this.network.moveTo({ position: { x: this.tall && left > 10 && left < width - 160 ? atX : x + 60 / scale, y: y + shift } });
  }

  /** @param {number} factor */
  zoom(factor) {
    this.network.moveTo({ scale: Math.max(0.1, Math.min(3, this.network.getScale() * factor)) });
  }

  /** The look of a line. @param {number} id */
  lineLook(id) {
    const edge = edges[id];
    const here = id === state.edge || (state.node >= 0 && (edge.from === state.node || edge.to === state.node));
    const faded = this.isFaded(edge.from) || this.isFaded(edge.to);
    const colour = faded ? "#eceef0" : here ? CHOSEN : state.node >= 0 || state.edge >= 0 || !onWay(edge) ? FAINTER : FAINT;
    const [x, y] = this.at(edge.from), [otherX, otherY] = this.at(edge.to);
    const isGuide = this.indented.get(edge.to) === edge.from || this.indented.get(edge.from) === edge.to;
    // A line within one column bends to the left, where no label is.
    const smooth = this.tall || Math.abs(x - otherX) < 20
      ? { enabled: true, type: otherY > y ? "curvedCCW" : "curvedCW", roundness: 0.25 }
      : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 };
    return { hidden: this.tall && (!here || isGuide), smooth, color: { color: colour, hover: CHOSEN, highlight: CHOSEN, inherit: false }, width: here ? 1.8 : 1 };
  }

  /** Language, size, selection or level have changed. */
  refresh() {
    this.labels.clear();
    this.fades.clear();
    const looks = edges.map(({ index }) => ({ id: index, ...this.lineLook(index) }));
    const changed = looks.filter((look) => {
      const text = JSON.stringify(look), same = this.looks[look.id] === text;
      this.looks[look.id] = text;
      return !same;
    });
    if (changed.length) this.edgeSet.update(changed);
    this.network.redraw();
  }

  /** The node whose symbol or label is at a point of the box, or -1. @param {{x: number, y: number}} point */
  nodeAt(point) {
    const { x, y } = this.network.DOMtoCanvas(point);
    let best = -1, least = Infinity;
    for (let i = 0; i < data.drawn; i += 1) {
      if (!this.isShown(i)) continue;
      const { x: left, y: middle } = this.network.getPosition(i);
      const lines = wrapped(nameOf(i));
      const right = left + LABEL_X + 6.8 * Math.max(...lines.map((line) => line.length));
      const half = 12 + 7 * (lines.length - 1), away = Math.abs(y - middle);
      if (x >= left - 13 && x <= right && away <= half && away < least) [best, least] = [i, away];
    }
    return best;
  }

  /** The neighbour, else the neighbour’s neighbour, that lies in a direction; -1 if none.
   * @param {number} from @param {number} dx @param {number} dy */
  towards(from, dx, dy) {
    const [x0, y0] = this.at(from);
    const near = neighbours(from);
    const far = near.flatMap((other) => neighbours(other)).filter((other) => other !== from);
    for (const group of [near, far]) {
      let best = -1, least = Infinity;
      for (const other of group) {
        if (!this.isShown(other)) continue;
        const [x, y] = this.at(other);
        const along = (x - x0) * dx + (y - y0) * dy, across = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx);
        const far = along + 2 * across;
        if (along > 4 && (dx ? true : across <= along * 2.5) && far < least) [best, least] = [other, far];
      }
      if (best >= 0) return best;
    }
    return -1;
  }
}

const ways = new Set(rows.flatMap(({ via, incident }) => via.slice(1).flatMap((at, i) => {
  const before = lineBetween(via[i], at) ? via[i] : incident;
  return [`${before} ${at}`, `${at} ${before}`];
})));

/** Whether a line lies on the way to somebody who is reached; the others are drawn faint. @param {StoryEdge} edge */
function onWay({ from, to }) {
  return ways.has(`${from} ${to}`) || !rowOf.has(from) && !rowOf.has(to);
}

/** @param {number} index @returns {number[]} */
function neighbours(index) {
  return edges.flatMap(({ from, to }) => (from === index ? [to] : to === index ? [from] : []));
}

/** Whether something that is no row lies on a way to, or beside, what the chosen level still shows. @param {number} index */
function reachedBy(index) {
  if (index === data.start) return true;
  const shown = rows.filter((row) => row.level <= state.level);
  const ways = new Set(shown.flatMap((row) => [...row.via, row.incident, row.node]));
  return ways.has(index) || neighbours(index).some((other) => ways.has(other) || other === data.start);
}
