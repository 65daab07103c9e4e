"""Short hashes for mentions and claims, readable ids for nodes."""

import re
from base64 import b32encode
from hashlib import blake2b

from anyascii import anyascii

_SLUG = re.compile(r"[^a-z0-9]+")


def short_hash(*parts: object, length: int = 10) -> str:
    """A hash of the parts, `length` lower-case letters and digits (5 bits each); None and "" differ."""
    text = "\x1f".join(["\x00" if part is None else str(part) for part in parts])
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).digest()[: length * 5 // 8 + 1]
    return b32encode(digest).decode("ascii").lower()[:length]


def slug(text: str, length: int = 48) -> str:
    """`text` as lower-case ASCII words joined by hyphens, cut at a word where it is long; may be empty."""
    words = _SLUG.sub("-", anyascii(text).lower()).strip("-")
    if len(words) <= length:
        return words
    return words[: length + 1].rpartition("-")[0] or words[:length]


def mention_id(prefix: str, source: str, key: str, role: str, name: str) -> str:
    """The id of a mention, `org.k3v9x2f4q8`: the same whatever the file or the load it came by (DESIGN, Ids)."""
    return f"{prefix}.{short_hash(source, key, role, name)}"


def node_id(prefix: str, name: str, mention: str, length: int = 6) -> str:
    """The id of the node that begins with this mention, `org-dedalus-france-k3v9x2`."""
    return "-".join(part for part in (prefix, slug(name), mention.partition(".")[2][:length]) if part)
