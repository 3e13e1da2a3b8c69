"""The time that gateways and their rules mean."""

from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")
