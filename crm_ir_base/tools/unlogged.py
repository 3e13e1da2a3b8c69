"""Statements with secrets in them stay out of the log.

The database layer logs the whole of a statement that fails. Stock's `mute_logger` changes
the logger for all threads, and two that overlap mute it for good.
"""

import contextlib
import logging
from collections.abc import Iterator
from contextvars import ContextVar

_hidden: ContextVar[bool] = ContextVar("crm_ir_hidden", default=False)


@contextlib.contextmanager
def unlogged() -> Iterator[None]:
    """Log no statement of this thread while the block runs."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)


def _may_be_read(_record: logging.LogRecord) -> bool:
    return not _hidden.get()


logging.getLogger("odoo.sql_db").addFilter(_may_be_read)
