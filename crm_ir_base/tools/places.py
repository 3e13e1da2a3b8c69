"""Names of Iranian provinces and cities as people write them, made comparable."""

import re

from .text import normalize

_PREFIX = re.compile(r"^(استان|شهرستان|شهر)\s+(?=\S)")


def place_key(name: str) -> str:
    """Return the key under which two spellings of one place meet.

    «استان خراسان  رضوي» and «خراسان رضوی» share a key, and so do «خرم‌آباد» and
    «خرم آباد»: words that only name the kind of place, blanks and letter case vanish.
    """
    key = _PREFIX.sub("", normalize(name).strip())
    return re.sub(r"[\W_]+", "", key).casefold()
