"""What a server log complains about."""

import re
from pathlib import Path

COMPLAINT = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")
# One regular expression a line; the comment above each says why it is no fault of ours.
NOISE = Path(__file__).with_name("stock-noise.txt")


def complaints(log: Path) -> list[str]:
    """The lines of level WARNING and above, less the reviewed noise of stock."""
    noise = [
        re.compile(line)
        for line in NOISE.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [
        line
        for line in log.read_text("utf-8", "replace").splitlines()
        if COMPLAINT.match(line) and not any(known.search(line) for known in noise)
    ]
