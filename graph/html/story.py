"""A story: one blast radius as one HTML file that opens offline, drawn by pyvis with positions computed here.

The only module that imports pyvis. Of pyvis it uses the Network, its options and the vis-network that it ships, with our
own template: pyvis' own asks a CDN and lets a node's name run as a script (HTML.md).
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from outbreach.graph.atomic import write_atomically
from outbreach.graph.dates import when
from outbreach.graph.errors import UsageError
from outbreach.graph.html.layout import layout
from outbreach.graph.html.payload import cleaned, lines, names, payload, texts
from outbreach.graph.html.selection import MOST, OPENING, StoryRow, drawn, opening, story_graph
from outbreach.graph.projection.elements import Graph

__all__ = ["StoryRow", "story_graph", "story_html", "write_story"]

_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_SCRIPTS = ("words.js", "symbols.js", "picture.js", "panel.js", "overview.js", "story.js")
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "keyboard": {"enabled": False}, "multiselect": False, "selectConnectedEdges": False,
                    "hideEdgesOnDrag": False, "dragNodes": True},
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.4},
              "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}}, "selectionWidth": 1.5, "hoverWidth": 0.5},
    "nodes": {"shape": "custom"},
}  # fmt: skip


def write_story(
    file: Path, graph: Graph, rows: Sequence[StoryRow], title: Mapping[str, str], as_of: str, start: str
) -> None:
    """Write the page of a blast radius; the same input gives the same bytes.

    `graph` is what `story_graph` chose, `title` in English and French, `as_of` the date of the data (may be empty).
    Raises `UsageError` where the start is not in the graph, `WorkspaceError` where the file cannot be written.
    """
    write_atomically(file, story_html(graph, rows, title, as_of, start))


def story_html(graph: Graph, rows: Sequence[StoryRow], title: Mapping[str, str], as_of: str, start: str) -> str:
    """The page itself, see `write_story`."""
    if start not in graph.nodes:
        raise UsageError(f"a story cannot start at {start}: it is not in the graph")
    if as_of:
        when(as_of)
    order = opening(drawn(graph, start), start, rows)[:MOST]
    knowledge = payload(graph, order, rows)
    places = _places(graph, order, rows, start)
    network = StoryNetwork()
    first = places["wide"]
    network.nodes = [{"id": i, "x": first[2 * i], "y": first[2 * i + 1]} for i in range(len(order))]
    shown = {id: index for index, id in enumerate(order)}
    reached = {row.id: row for row in rows}
    network.edges = [
        {"id": index, "from": shown[edge.start], "to": shown[edge.end]}
        | (
            {"dashes": [2, 5]}
            if edge.properties.get("basis") == "inferred" or _is_exposure(edge.end, edge.start, reached)
            else {}
        )
        for index, edge in enumerate(lines(graph, shown))
    ]
    knowledge |= {
        "title": {lang: cleaned(text) for lang, text in title.items()},
        "asOf": as_of,
        "start": order.index(start),
        "opening": min(OPENING, len(order)),
    }
    knowledge["places"] = {name: points for name, points in places.items() if name != "wide"}
    return network.page(knowledge)


class StoryNetwork(Network):  # type: ignore[misc]
    """pyvis' Network with a template of our own, in which everything is escaped and nothing comes from elsewhere."""

    def __init__(self) -> None:
        super().__init__(cdn_resources="in_line", directed=True)
        self.options = _OPTIONS
        self.templateEnv = Environment(
            loader=PackageLoader("outbreach.graph.html", "."), autoescape=True, undefined=StrictUndefined
        )
        self.template = self.templateEnv.get_template("template.html.j2")

    def page(self, knowledge: Mapping[str, Any]) -> str:
        """The whole page. Scripts and styles are allowed by their hashes only, data are never run."""
        library, script, style = _library(), _script(), re.sub(r"\n\s*", "\n", _ours("story.css"))
        self.html = self.template.render(
            title=knowledge["title"],
            policy=_policy([library, script], [style]),
            style=Markup(style),
            library=Markup(library),
            script=Markup(script),
            licences=_ours("licences.txt"),
            network=_embedded({"nodes": self.nodes, "edges": self.edges, "options": self.options}),
            knowledge=_embedded(knowledge),
            words=_embedded(texts()),
        )
        return str(self.html)


def _places(graph: Graph, order: Sequence[str], rows: Sequence[StoryRow], start: str) -> dict[str, list[int]]:
    """x, y of each node in turn: `wide` and `tall` of the opening view, and of all nodes where there are more."""
    labels = {id: max(names(graph.nodes[id]), key=len) for id in order}
    whole = layout(graph, order, start, rows, labels)
    first = whole if len(order) <= OPENING else layout(graph, order[:OPENING], start, rows, labels)
    views = {"wide": whole.wide | first.wide, "tall": first.tall}
    if first is not whole:
        views |= {"wideAll": whole.wide, "tallAll": whole.tall}
    return {name: [value for id in order if id in view for value in view[id]] for name, view in views.items()}


def _is_exposure(end: str, other: str, reached: Mapping[str, StoryRow]) -> bool:
    """Whether a line is the last step of the way to a body whose exposure is inferred."""
    return any(
        one in reached and reached[one].status == "exposed" and reached[one].via[-2:-1] == (two,)
        for one, two in ((end, other), (other, end))
    )


_ESCAPED = re.compile("[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _embedded(value: object) -> Markup:
    """JSON that may stand in a script element: no `<`, no line end that JavaScript alone would see, no lone surrogate."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    def hashes(texts: Sequence[str]) -> str:
        return " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _library() -> str:
    """The vis-network that pyvis ships, with its licence in front of it (a browser reads CR LF as LF, so the hash must)."""
    return (files("pyvis") / _LIBRARY).read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")


@cache
def _script() -> str:
    """Our scripts as one, without indents and comments: the page is read by browsers, the files by people."""
    bare = re.sub(r"/\*\*.*?\*/", "", "\n".join(map(_ours, _SCRIPTS)), flags=re.DOTALL)
    lines = (line.strip() for line in bare.splitlines())
    parts = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def _ours(name: str) -> str:
    return (files("outbreach.graph.html") / name).read_text(encoding="utf-8")
