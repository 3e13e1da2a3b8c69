"""What npm brings: rtlcss, the linters for JS and XML, and the font."""

import hashlib
import shutil
from pathlib import Path

from . import layout, process
from .errors import Problem

STAMP = layout.NODE_MODULES / ".complete"
COMMAND = "npm ci --prefer-offline --ignore-scripts --no-audit --no-fund".split()
FONT = layout.NODE_MODULES / "vazirmatn"
FONT_FILES = {
    "OFL.txt": "OFL.txt",
    "fonts/ttf/Vazirmatn-Bold.ttf": "Vazirmatn-Bold.ttf",
    "fonts/ttf/Vazirmatn-Regular.ttf": "Vazirmatn-Regular.ttf",
    "fonts/webfonts/Vazirmatn-Bold.woff2": "Vazirmatn-Bold.woff2",
    "fonts/webfonts/Vazirmatn-Regular.woff2": "Vazirmatn-Regular.woff2",
    "fonts/webfonts/Vazirmatn[wght].woff2": "Vazirmatn-Variable.woff2",
}


def need() -> None:
    """Raise Problem where npm is missing."""
    if not shutil.which("npm"):
        raise Problem(
            "npm is missing, and with it rtlcss, without which Persian pages are not laid"
            " out from right to left: apt-get install npm, then repeat."
        )


def ensure() -> None:
    """Install what the lock file names, and put the font where our pages ask for it."""
    wanted = hashlib.sha256(
        (layout.ROOT / "package-lock.json").read_bytes()
    ).hexdigest()
    if not STAMP.is_file() or STAMP.read_text() != wanted:
        with process.step("Installing rtlcss and the font"):
            process.run(
                "npm",
                [*COMMAND, f"--cache={layout.CACHE / 'npm'}"],
                "The npm packages could not be fetched: check the network"
                " (or set http_proxy and https_proxy), then repeat.",
                cwd=layout.ROOT,
            )
            STAMP.write_text(wanted)
    place_font(FONT)


def place_font(package: Path) -> None:
    """Copy what our pages and PDFs ask for out of the npm package of the font."""
    module = layout.modules().get("crm_ir_base")
    if not module:
        return
    folder = module / "static" / "lib" / "vazirmatn"
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in FONT_FILES.items():
        content = (package / source).read_bytes()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            (folder / f".{name}").write_bytes(content)
            (folder / f".{name}").replace(folder / name)
