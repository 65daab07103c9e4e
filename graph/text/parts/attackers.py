"""The attackers of an article: of the list, by a pseudonym, or a group that claims."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.cast.scene import patterns as told
from outbreach.graph.text.lexicon import normal, rule, table
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.portal.pattern import patterns


def name_attackers(scene: Scene) -> None:
    """Pseudonyms and crews that no list has, by the words beside them."""
    for line in scene.lines:
        for name in (
            "attacker_named",
            "attacker_quoted",
            "attacker_told",
            "attacker_group",
            "attacker_crew",
            "attacker_after",
        ):
            # Case counts for a group's name: the patterns ask for capitals, and read any case.
            for match in _called(scene, line, name):
                said = match["name"].strip(" .,")
                if name not in ("attacker_named", "attacker_quoted", "attacker_told") and (
                    not all(word[:1].isupper() or word[:1].isdigit() for word in said.split())
                ):
                    continue
                if " " in said and said.split()[0] in patterns().given_names:
                    continue  # a natural person, whom the graph does not hold
                start = line.start + match.start("name")
                if said.lower() in (
                    "anonymous",
                    "un",
                    "une",
                    "des",
                    "le",
                    "la",
                    "the",
                    "an",
                    "and",
                    "hackers",
                ) or normal(said) in _stop_words(scene.lang):
                    continue
                inside = [m for m in scene.cast.mentions if m.start < start + len(said) and m.end > start]
                known = next((scene.cast.bodies[m.body] for m in inside), None)
                if known and known.role in ("authority", "attacker", "media", "software"):
                    continue
                if known and (known.kind or known.describer):
                    continue
                body = known or next((b for b in scene.cast.bodies if b.role == "attacker" and b.name == said), None)
                body = body or scene.cast.add("attacker", said)
                body.role = "attacker"
                if not known:
                    scene.cast.mentions.append(Mention(start, start + len(said), body.number))
    scene.cast.mentions.sort(key=lambda m: m.start)


def _called(scene: Scene, line: Line, name: str) -> Iterator[re.Match[str]]:
    """The words of a sentence that call an attacker by a name; a kind of wording is one pattern, or a list."""
    if name != "attacker_told":
        yield from scene.words(name).finditer(line.text)
    elif scene.lang == "fr":
        for regex in told(scene.lang, name):
            yield from regex.finditer(line.text)


def attackers(scene: Scene) -> Iterator[Part]:
    """To whom the incident is attributed: each attacker that the article names."""
    seen: set[int] = set()
    denied: set[int] = set()
    unknown = any(rule("attacker_unknown").search(line.text) for line in scene.told())
    for line in (*scene.told(), *scene.heading):
        for start, end, body in line.bodies():
            own = any(b == scene.primary or b in scene.vendors for _, _, b in line.bodies())
            if rule("not_them").search(line.text[end:]) or rule("not_theirs").search(line.text[:start]):
                denied.add(body)
            if scene.cast.bodies[body].role == "attacker" and body not in seen | denied and (own or not unknown):
                seen.add(body)
                yield Part("attributed_to", body, None, line, line.start + start, line.start + end)


def _stop_words(lang: str) -> frozenset[str]:
    return frozenset(normal(w) for w in table("article_names")["no_name"][lang])
