"""The source of Odoo 19.0: a tree of the user's, a package, or a clone."""

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from . import apt, cache, layout, process
from .errors import Problem

PACKAGE = "odoo-19/sid"
# The package links into these; sid's Font Awesome lacks the 4.7 files that
# Odoo asks for.
ASSETS = (
    "fonts-font-awesome/trixie",
    "fonts-inconsolata/trixie",
    "fonts-montserrat/sid",
    "fonts-ocr-b/sid",
    "fonts-roboto-unhinted/sid",
    "libjs-jquery-form/sid",
    "libjs-jquery/sid",
    "libjs-underscore/sid",
)
REPOSITORY = "https://github.com/odoo/odoo"
# Left out of the package; pages log an error without it. Only the blurred
# background of calls needs its content.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STAMP = layout.SOURCE / ".complete"


@dataclass(frozen=True)
class Source:
    """A tree of Odoo: ``path`` is the folder that holds the package ``odoo``."""

    path: Path
    identity: str

    @property
    def addons(self) -> tuple[Path, ...]:
        folders = (self.path / "addons", self.path / "odoo" / "addons")
        # Beside the Debian package lies an incomplete copy of the addons.
        return folders if (self.path / "odoo-bin").exists() else folders[1:]


def find() -> Source:
    """The tree in use; raises Problem where there is none."""
    home = os.environ.get("ODOO_HOME")
    folder = Path(home).resolve() if home else layout.SOURCE
    for path in (folder, folder / "usr/lib/python3/dist-packages"):
        release = path / "odoo" / "release.py"
        if release.is_file() and re.search(
            r"version_info = \(19, 0\b", release.read_text()
        ):
            return Source(path, _revision(path) if home else STAMP.read_text())
    if home:
        raise Problem(
            f"ODOO_HOME={home} holds no Odoo 19.0: name the folder that has odoo/ in it."
        )
    raise Problem("Odoo's source is not here yet: run make setup.")


def ensure() -> Source:
    """Fetch and unpack Odoo unless it is here already."""
    package = os.environ.get("ODOO_DEB")
    if package and not Path(package).is_file():
        raise Problem(
            f"ODOO_DEB={package} is not a file: name a package odoo-19_….deb."
        )
    identity = f"{Path(package).name} {_checksum(package)}" if package else None
    done = STAMP.read_text() if STAMP.is_file() else None
    if not os.environ.get("ODOO_HOME") and (not done or identity not in (None, done)):
        with cache.scratch(layout.RUN / "new") as folder:
            identity = _unpack(folder, package, identity)
            (folder / STAMP.name).write_text(identity)
            cache.swap(folder, layout.SOURCE)
    return find()


def _unpack(folder: Path, package: str | None, identity: str | None) -> str:
    if package:
        packages = [Path(package), *_packages("odoo-assets", ASSETS)]
    elif clone := cache.find("odoo-git"):
        return _unpack_clone(folder, clone)
    else:
        try:
            packages = _packages("odoo-deb", (PACKAGE, *ASSETS))
        except Problem as problem:
            process.warn(f"{problem} Taking a shallow git clone instead.")
            return _unpack_clone(folder, _clone())
    with process.step("Unpacking Odoo"):
        for path in packages:
            process.run(
                "unpack",
                ["dpkg-deb", "-x", path, folder],
                f"{path.name} could not be unpacked: if it is damaged, delete {path.parent}"
                " and repeat.",
            )
        tree = folder / "usr/lib/python3/dist-packages"
        (tree / LEFT_OUT).parent.mkdir(parents=True, exist_ok=True)
        (tree / LEFT_OUT).touch()
    return identity or next(
        path.name for path in packages if path.name.startswith("odoo-19_")
    )


def _packages(name: str, wanted: tuple[str, ...]) -> list[Path]:
    """Debian packages, from the cache or from the mirror that this machine uses."""
    folder = cache.find(name)
    if not folder:
        with process.step("Fetching Odoo's Debian package"), cache.making(name) as new:
            apt.download(wanted, new)
        folder = layout.CACHE / name
    return sorted(folder.glob("*.deb"))


def _clone() -> Path:
    advice = (
        "Odoo 19.0 could not be fetched: check the network (or set http_proxy and https_proxy),"
        " or give a copy with ODOO_HOME=/path or ODOO_DEB=/path.deb, then repeat."
    )
    with (
        process.step("Cloning Odoo 19.0"),
        cache.scratch(layout.RUN / "clone") as folder,
    ):
        tree = folder / "odoo"
        process.run(
            "git-clone",
            ["git", "clone", "--quiet", "--depth=1", "--branch=19.0", REPOSITORY, tree],
            advice,
        )
        revision = _revision(tree)
        shutil.rmtree(tree / ".git")
        with cache.making("odoo-git") as kept:
            with tarfile.open(
                kept / f"odoo-{revision}.tar.gz", "w:gz", compresslevel=3
            ) as tar:
                tar.add(tree, ".")
    return layout.CACHE / "odoo-git"


def _unpack_clone(folder: Path, kept: Path) -> str:
    archive = next(kept.glob("odoo-*.tar.gz"))
    with process.step("Unpacking Odoo"), tarfile.open(archive) as tar:
        tar.extractall(folder)
    return archive.name


def _revision(tree: Path) -> str:
    """What tells this tree from a later one of the same place."""
    done = subprocess.run(
        ["git", "-C", tree, "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or str(tree)


def _checksum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
