"""The one kind of failure a person is meant to read."""

import errno
import sys
from collections.abc import Callable


class Problem(Exception):
    """What went wrong and what to do about it, in one sentence."""


def speak(main: Callable[[], int | None]) -> None:
    """Run ``main`` and end the process, turning known failures into a sentence."""
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped; the same command goes on from here.")
    except OSError as error:
        sentences = {
            errno.ENOSPC: "The disk is full: free about 4 GB, then repeat the command.",
            errno.EDQUOT: "Your disk quota is used up: free about 4 GB, then repeat the command.",
            errno.EROFS: "The checkout lies on a read-only disk: move it, then repeat the command.",
            errno.EACCES: f"{error.filename} may not be written by this user:"
            " use the user who made the checkout, or a clone of your own.",
        }
        if error.errno not in sentences:
            raise
        sys.exit(f"\n{sentences[error.errno]}")
