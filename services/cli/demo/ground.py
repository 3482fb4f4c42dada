"""The base map of the demo: the streets of its own town, for no atlas has it."""

from __future__ import annotations

import json

from services.settings import Settings
from services.simulator.street_map import street_map
from services.simulator.town import Town

_FILE = "fenbridge.geojson"


def with_streets(settings: Settings, town: Town) -> Settings:
    """Write the town's streets into the data directory; the settings by which they are shown."""
    path = settings.data_dir / _FILE
    path.write_text(json.dumps(street_map(town)), "utf-8")
    shown = {"basemap": path, "tiles": None, "tiles_attribution": None}
    return settings.model_copy(update=shown)
