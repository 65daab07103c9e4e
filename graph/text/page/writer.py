"""Whose text it is: a letter, a notice or answers to questions in which the body hit speaks of itself as “we”."""

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.page.passage import in_first_person


def writer_of(scene: Scene) -> int | None:
    """The body that speaks of “us”: named by letterhead or signature, else the one that the text names most."""
    lines = [line for line in scene.lines if not line.earlier]
    if not lines or not in_first_person(line.text for line in lines):
        return None
    told = [*lines, *scene.heading]
    signs = ("attack", "wrongdoing")
    if not any(breach_in(scene, x.masked) or any(scene.words(s).search(x.text) for s in signs) for x in told):
        return None
    margins = [m for m in scene.passage.margins if m[0] != scene.passage.title_at]
    signed = [
        m.body
        for m in scene.cast.mentions
        if any(a <= m.start and m.end <= b for a, b in margins) and _may_write(scene, m.body)
    ]
    if any(rule("on_behalf").search(line.masked) for line in lines) and signed:
        return signed[-1]
    health = [b for b in signed if scene.cast.bodies[b].is_health]
    if signed:
        return next(iter(health or signed))
    named = [b for line in lines for _, _, b in line.bodies() if _may_write(scene, b)]
    titled = [b for _, _, b in scene.title.bodies() if _may_write(scene, b)] if scene.title else []
    own = [b for b in dict.fromkeys([*titled, *named]) if scene.lang != "fr" or not _is_told_of(scene, b)]
    cared = [b for b in own if scene.cast.bodies[b].is_health] if scene.lang == "fr" else []
    return max(own, key=(named + titled * 2 + cared * 2).count, default=None)


def _is_told_of(scene: Scene, body: int) -> bool:
    """Whether the writer speaks of a body as of somebody else: “notre prestataire X”, “X, qui nous fournit …”."""
    lines = [*scene.lines, *scene.heading]
    return any(
        rule("fr_theirs_before").search(line.masked[:start]) or rule("fr_theirs_after").match(line.masked[end:])
        for line in lines
        for start, end, one in line.bodies()
        if one == body
    )


def _may_write(scene: Scene, body: int) -> bool:
    thing = scene.cast.bodies[body]
    return thing.role == "organisation" and thing.kind != "media" and not rule("no_writer").search(thing.name or "")


def is_letter(scene: Scene) -> bool:
    """A notice in the first person to those whose data they were: “Dear patient, … we learned that …”."""
    opening = scene.passage.text[: scene.lines[0].end_at] if scene.lines else ""
    addressed = rule("salutation").search(opening) or rule("salutation").search(
        " ".join(line.text for line in scene.lines[:3])
    )
    first = any(rule("first_person").search(line.text) for line in scene.lines)
    lines = [*scene.lines[:6], *scene.heading]
    told = any(breach_in(scene, x.masked) or scene.words("attack").search(x.text) for x in lines)
    return bool(addressed) and first and told
