"""Names of an English article that are no bodies: a speaker's surname, a people, a month of awareness, a word of a title."""

import re

from outbreach.graph.text.cast.body import Body
from outbreach.graph.text.cast.scene import Scene, remask
from outbreach.graph.text.lexicon import normal, rule


def set_aside(scene: Scene) -> None:
    """Bodies of which nothing says that they are one, and whose name is that of a person, a people, a place or an occasion."""
    if scene.lang != "en":
        return
    text = normal(scene.passage.text)
    changed = False
    for thing in scene.cast.bodies:
        if thing.role != "organisation" or not thing.name or thing.known is not None:
            continue
        if _is_nobody(scene, thing, text):
            thing.role, changed = "bystander", True
    if changed:
        remask(scene)


def _is_nobody(scene: Scene, thing: Body, text: str) -> bool:
    name = normal(thing.name or "")
    if rule("en_occasion").search(name) or rule("en_site").search(name):
        return True
    if thing.kind or thing.describer:
        return False
    return _is_person(name, text) or _is_no_actor(scene, thing, name, text)


def _is_no_actor(scene: Scene, thing: Body, name: str, text: str) -> bool:
    """A place or a people that does nothing here, or a word of a title."""
    after = [text[m.end : m.end + 30] for m in scene.cast.mentions if m.body == thing.number]
    acts = any(rule("en_lone_name_acts").match(words) for words in after)
    if rule("en_place_name").search(name):
        return not acts
    if " " in name or rule("coined_name").search(name):
        return False
    if rule("en_people_name").fullmatch(name):
        return not any(rule("en_singular").match(words) for words in after)
    return bool(after) and _only_in_title(scene, thing)


def _is_person(name: str, text: str) -> bool:
    """“Practice manager Ada Poole said”, then “Poole”: whom words of an office introduce, by the whole name or the last."""
    if len(name.split()) > _PERSON or rule("legal_tail").search(name):
        return False
    first = "" if " " not in name else "{0}"
    given = rf"(?-i:(?:[A-Z][\w'-]+ )(?:[A-Z]\. )?){first}"
    said = rf"{rule('en_office').pattern}{given}{re.escape(name)}\b"
    given = rf"(?-i:[A-Z][a-z]+ (?:[A-Z]\. )?){first}"
    apposed = rf"(?<![\w&.-] )(?<![\w-]){given}{re.escape(name)}, {rule('en_apposed_office').pattern}"
    return bool(re.search(said, text, re.IGNORECASE) or re.search(apposed, text, re.IGNORECASE))


_PERSON = 3
"""A person has so many names at most."""


def _only_in_title(scene: Scene, thing: Body) -> bool:
    """A word of a title in capitals, which no sentence has."""
    begins = scene.lines[0].start if scene.lines else 0
    return all(m.end <= begins for m in scene.cast.mentions if m.body == thing.number)
