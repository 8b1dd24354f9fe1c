"""Words for times, such as "tomorrow morning", as a range of time, in nine languages.

Libraries that read dates want an instant and know no parts of the day, weekends or weeks;
dateparser 1.5, the best kept one, reads "morgen früh", "ce week-end" and "明日の朝" as nothing
and "um 17 uhr" as a day of the past.
"""

from .parser import NotUnderstood, parse
from .time_range import Kind, Part, TimeRange
from .words import load

__all__ = ["Kind", "NotUnderstood", "Part", "TimeRange", "load", "parse"]
