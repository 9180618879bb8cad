"""The only thing that tests put in another's place: the time."""

from datetime import UTC, datetime, timedelta


class HeldClock:
    """Shows the moment it was set to until it is set again."""

    def __init__(self, moment=datetime(2021, 5, 23, 12, tzinfo=UTC)):
        self.moment = moment

    def __call__(self):
        return self.moment

    def advance(self, **how_far):
        self.moment += timedelta(**how_far)
