"""Checking for many at once: a fair queue, killable processes that check, and reports that come line by line.

The pages make one `Service`, hand in work with `submit`, and follow the `Ticket` that they get.
"""

from tutor.service.rulings import Ruling
from tutor.service.service import Busy, Closed, Service, Settings
from tutor.service.ticket import Checked, Event, LineChecked, Ticket, Waiting, Withdrawn

__all__ = [
    "Busy",
    "Checked",
    "Closed",
    "Event",
    "LineChecked",
    "Ruling",
    "Service",
    "Settings",
    "Ticket",
    "Waiting",
    "Withdrawn",
]
