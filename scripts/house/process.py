"""Running other programs: progress for the reader, details in a log."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import layout
from .errors import Problem


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a long step, and its duration when it ends."""
    print(f"{what} …", end=" ", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.0f} s", flush=True)


def run(name: str, command: list, otherwise: str, text: str = "", **options) -> Path:
    """Run ``command`` on the input ``text`` with its output in the log called ``name``.

    Raises Problem with the sentence ``otherwise`` when it fails.
    """
    layout.LOGS.mkdir(parents=True, exist_ok=True)
    log = layout.LOGS / f"{name}.log"
    with log.open("w") as output:
        try:
            done = subprocess.run(
                [str(word) for word in command],
                input=text.encode(),
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **options,
            )
        except FileNotFoundError:
            raise Problem(f"{command[0]} is missing: {otherwise}") from None
    if done.returncode:
        if shutil.disk_usage(layout.ROOT).free < 50 << 20:
            otherwise = "The disk is full: free about 4 GB, then repeat the command."
        raise Problem(f"{otherwise} (Details: {log})")
    return log


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the checkout's lock, so that two commands never build the same thing."""
    layout.RUN.mkdir(exist_ok=True)
    with (layout.RUN / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(
                "Another make is setting this checkout up; waiting for it …", flush=True
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(path: Path, text: str) -> None:
    """Write a file at once or not at all, and leave an equal one alone."""
    if path.is_file() and path.read_text("utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
