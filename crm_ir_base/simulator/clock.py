import datetime


class Clock:
    """The time in a simulator, which a test may let pass at once."""

    def __init__(self):
        self._ahead = datetime.timedelta()

    def now(self) -> datetime.datetime:
        """The moment it is here, in UTC with its time zone."""
        return datetime.datetime.now(datetime.timezone.utc) + self._ahead

    def advance(self, **passed: float) -> None:
        """Let time pass; ``passed`` are the words of `timedelta`, such as hours=48."""
        self._ahead += datetime.timedelta(**passed)
