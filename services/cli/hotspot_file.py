"""A file of hot spots, checked as if it were put to the API."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from services.contracts.reference import HotSpot
from services.ingest.hotspots import FeatureCollection, check, to_message

_MOST_SHOWN = 10
_WANTED = (
    "a FeatureCollection of Polygons or MultiPolygons in WGS 84, each feature with an id and"
    " with properties name and, if wanted, type, catchment_m and excludes"
)


class WrongFile(ValueError):
    """The file is none of hot spots; says which feature and field, and what to do."""


def read_hotspots(path: Path) -> list[HotSpot]:
    """The hot spots of a GeoJSON file, in its order. Raises WrongFile."""
    try:
        said = json.loads(path.read_text("utf-8"))
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise WrongFile(message) from None
    except ValueError as error:  # of UTF-8 or of JSON
        message = f"{path} is no GeoJSON: {error}"
        raise WrongFile(message) from None
    try:
        checked = check(FeatureCollection.model_validate(said))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"{path}: {field + ': ' if field else ''}{first['msg']}; give {_WANTED}"
        raise WrongFile(message) from None
    if checked.rejected:
        wrong = [
            f"feature {each.index}{f' ({each.id})' if each.id else ''}: {each.message}"
            for each in checked.rejected
        ]
        more = len(wrong) - _MOST_SHOWN
        shown = [*wrong[:_MOST_SHOWN], *([f"... and {more} more"] if more > 0 else [])]
        message = f"{path}: {'; '.join(shown)}. Give {_WANTED}"
        raise WrongFile(message)
    return [to_message(feature, feature.id, by=path.name, now=0) for feature in checked.features]
