"""Where good begins: bars that more than one part of the program holds a take against.

The pages of the checks say where each comes from.
"""

from __future__ import annotations

from typing import Final

LENGTH_S: Final = (30.0, 75.0)
"""A close is neither short nor long: `length`."""

PACE_WPM: Final = (110.0, 185.0)
"""Neither slow nor fast: `delivery.pace`."""

FILLERS_A_MINUTE: Final = 5.0
"""Up to so many are fine: `delivery.fillers`."""

RATE_LEAST_S: Final = 15.0
"""Of less speech than this a rate a minute says nothing. Ours."""
