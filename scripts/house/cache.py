"""Downloads kept between checkouts, each folder with its checksums."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import layout

SUMS = "SHA256SUMS"


def find(name: str) -> Path | None:
    """The kept folder ``name`` if every file in it is as it was stored."""
    folder = layout.CACHE / name
    if not (folder / SUMS).is_file():
        return None
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        checksum, _, file = line.partition("  ")
        if not (folder / file).is_file() or _checksum(folder / file) != checksum:
            return None
    return folder


@contextlib.contextmanager
def making(name: str) -> Iterator[Path]:
    """An empty folder that becomes the kept folder ``name`` on success."""
    target = layout.CACHE / name
    with scratch(target.parent) as folder:
        yield folder
        sums = [
            f"{_checksum(file)}  {file.name}\n" for file in sorted(folder.iterdir())
        ]
        (folder / SUMS).write_text("".join(sums), "utf-8")
        swap(folder, target)


@contextlib.contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A temporary folder on the same disk as ``beside``; those left over go too."""
    beside.mkdir(parents=True, exist_ok=True)
    for stale in beside.glob(".new-*"):
        if not Path(f"/proc/{stale.name.removeprefix('.new-')}").exists():
            shutil.rmtree(stale, ignore_errors=True)
    folder = beside / f".new-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(new: Path, target: Path) -> None:
    """Put the folder ``new`` where ``target`` is; at no moment half of either."""
    if target.exists():
        old = new.with_name(f"{new.name}-old")
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        new.rename(target)


def _checksum(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hashed.update(block)
    return hashed.hexdigest()
