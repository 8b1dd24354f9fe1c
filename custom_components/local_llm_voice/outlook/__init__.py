"""The weather ahead: at home from Home Assistant, elsewhere from Open-Meteo."""

from .home import async_home_outlook
from .open_meteo import NoSuchPlace, async_elsewhere
from .outlook import Outlook, Slot, Units
from .summary import Summary

__all__ = [
    "NoSuchPlace",
    "Outlook",
    "Slot",
    "Summary",
    "Units",
    "async_elsewhere",
    "async_home_outlook",
]
