// @ts-check
// The graph itself: vis-network with a renderer of our own, positions baked in Python, no physics, no tooltips.

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
    /** @type {any} */
    this.network = null;
    this.vis = /** @type {any} */ (globalThis).vis;
    const draw = (/** @type {any} */ given) => this.node(given);
    baked.options.nodes.ctxRenderer = draw;
    baked.options.nodes.chosen = false;
    baked.options.edges.chosen = false;
    /** How many lines each node has. @type {number[]} */
    this.degrees = nodes.map(() => 0);
    for (const { from, to } of edges) for (const end of [from, to]) this.degrees[end] += 1;
    /** The looks that the lines have now. @type {string[]} */
    this.looks = [];
    this.indented = this.indents();
    this.nodeSet = new this.vis.DataSet(baked.nodes);
    this.edgeSet = new this.vis.DataSet(baked.edges.map((edge) => ({ ...edge, ...this.lineBend(edge.id), ...this.lineLook(edge.id) })));
    if (this.tall || data.drawn > data.opening) this.move();
    const many = data.drawn > 200;
    Object.assign(baked.options.interaction, { hideEdgesOnDrag: many, hideEdgesOnZoom: many });
    this.network = new this.vis.Network(box, { nodes: this.nodeSet, edges: this.edgeSet }, baked.options);
    /** While a large picture moves, names go without the white around them. */
    this.moving = false;
    this.network.on("dragStart", () => { this.moving = many; });
    this.network.on("dragEnd", () => { this.moving = false; });
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
      if (!this.moving) ctx.strokeText(text, left, top);
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
    /** How many lines each node has. @type {number[]} */
    this.degrees = nodes.map(() => 0);
    for (const { from, to } of edges) for (const end of [from, to]) this.degrees[end] += 1;
    /** The looks that the lines have now. @type {string[]} */
    this.looks = [];
    this.indented = this.indents();
    this.nodeSet.update(this.baked.nodes.map((_, index) => {
      const [x, y] = this.at(this.isShown(index) ? index : 0);
      return { id: index, x, y, hidden: !this.isShown(index) };
    }));
    if (this.network) this.edgeSet.update(edges.map(({ index }) => ({ id: index, ...this.lineBend(index) })));
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
    const isHub = this.degrees[state.node] > 40;
    const faded = this.isFaded(edge.from) || this.isFaded(edge.to);
    const colour = faded ? "#eceef0" : here ? (isHub ? CHOSEN_MANY : CHOSEN) : state.node >= 0 || state.edge >= 0 || !onWay(edge) ? FAINTER : FAINT;
    const [x, y] = this.at(edge.from), [otherX, otherY] = this.at(edge.to);
    const isGuide = this.indented.get(edge.to) === edge.from || this.indented.get(edge.from) === edge.to;
    return { hidden: this.tall && (!here || isGuide), width: here && !isHub ? 1.8 : 1,
      color: { color: colour, hover: CHOSEN, highlight: CHOSEN, inherit: false } };
  }

  /** How a line bends: within one column to the left, where no label is. @param {number} id */
  lineBend(id) {
    const [x, y] = this.at(edges[id].from), [otherX, otherY] = this.at(edges[id].to);
    return { smooth: this.tall || Math.abs(x - otherX) < 20
      ? { enabled: true, type: otherY > y ? "curvedCCW" : "curvedCW", roundness: 0.25 }
      : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.4 } };
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
