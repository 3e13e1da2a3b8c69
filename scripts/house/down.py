"""Stop what `make up` started: `make down`."""

from . import postgres, process, server


def main() -> None:
    with process.alone():
        stopped = [name for name, stop in SERVERS.items() if stop()]
    print(f"Stopped {' and '.join(stopped)}." if stopped else "Nothing was running.")


SERVERS = {one.title: one.stop for one in server.SERVERS}
SERVERS["the private PostgreSQL"] = postgres.stop
