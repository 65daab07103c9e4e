"""A post on a leak site as a tracker lists it, and which of many the tracker took in at one visit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from outbreach.loaders.files.row import Row
from outbreach.loaders.words.title import Victim, post_lists


@dataclass(frozen=True, slots=True)
class Post:
    """A post as listed: by whom, about whom, and when it was seen."""

    row: Row
    crew: str
    victim: Victim
    seen: datetime
    published: str | None
    domain: str | None
    country: str | None

    @property
    def key(self) -> str:
        """By the crew and the victim as written, so that a crew’s later posts about it are the same."""
        folded = re.sub(r"[\W_]+", "", self.victim.words.casefold())
        return (
            f"{self.crew}/{folded if self.victim.name and folded else '-'.join(self.victim.words.casefold().split())}"
        )

    @property
    def day(self) -> str:
        """The day on which it was seen."""
        return self.seen.date().isoformat()


def imported(posts: Iterable[Post]) -> set[str]:
    """Where the posts stand whose day is only that of a visit: nothing but it dates them."""
    visit = post_lists().visit
    ordered = sorted(posts, key=lambda post: post.seen)
    several = [g for g in _visits(ordered, visit["seconds"]) if len({p.crew for p in g}) >= visit["crews"]]
    opening = {group[0].day for group in several if len({p.crew for p in group}) >= visit["opening"]}
    groups = [*several, [post for post in ordered if post.day in opening]]
    by_crew: dict[str, list[Post]] = {}
    for post in ordered:
        if _timed(post):
            by_crew.setdefault(post.crew, []).append(post)
    for theirs in by_crew.values():
        first = [post for post in theirs if post.day == theirs[0].day]
        groups += [first] if len(first) >= visit["first"] else []
        groups += [group for group in _visits(theirs, visit["seconds"]) if len(group) >= visit["posts"]]
    return {p.row.where for group in groups for p in group if p.published in (None, p.day)}


def _timed(post: Post) -> bool:
    """Whether it bears a time: at midnight sharp it bears a day only, which somebody gave it."""
    return post.seen.time() != datetime.min.time()


def _visits(posts: list[Post], seconds: int) -> Iterator[list[Post]]:
    """The posts of each visit of the tracker, in order of time."""
    timed = [post for post in posts if _timed(post)]
    group = timed[:1]
    for before, post in pairwise(timed):
        if (post.seen - before.seen).total_seconds() > seconds:
            yield group
            group = []
        group.append(post)
    yield group
