"""Hot spots as the API has them, GeoJSON Features (RFC 7946), and the messages they become."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.functional_validators import AfterValidator, BeforeValidator

from services.contracts.reference import HotSpot
from services.contracts.register import Register
from services.ingest import geometry
from services.ingest.coverage import Coverage, coverage_of
from services.ingest.ids import Id
from services.ingest.kinds import Kind, OtherId, Trial
from services.ingest.texts import Text
from services.ingest.times import ApiTime, rfc3339
from services.ingest.verdicts import first_fault, refused

Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]
# An altitude is allowed by RFC 7946 and means nothing here.
Position = Annotated[
    list[Degrees], Field(min_length=2, max_length=3), AfterValidator(lambda at: at[:2])
]
Ring = Annotated[list[Position], Field(min_length=4)]
Rings = Annotated[list[Ring], Field(min_length=1)]


def _sound(polygons: list[list[list[list[float]]]]) -> None:
    try:
        geometry.check(polygons)
    except geometry.WrongGeometry as error:
        raise refused(str(error)) from None


def _sound_polygon(rings: list[list[list[float]]]) -> list[list[list[float]]]:
    _sound([rings])
    return rings


def _sound_polygons(
    polygons: list[list[list[list[float]]]],
) -> list[list[list[list[float]]]]:
    _sound(polygons)
    return polygons


class Polygon(BaseModel):
    """One area, with or without holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[Rings, AfterValidator(_sound_polygon)]

    def polygons(self) -> list[list[list[list[float]]]]:
        """The area as a list of one."""
        return [self.coordinates]


class MultiPolygon(BaseModel):
    """Several areas that make one hot spot."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1), AfterValidator(_sound_polygons)]

    def polygons(self) -> list[list[list[list[float]]]]:
        """The areas, each an outer ring and its holes."""
        return self.coordinates


Geometry = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]
SpotType = Literal["hotspot", "blackspot"]


def _known_type(value: object) -> object:
    if value not in get_args(SpotType):
        words = (
            "type must be 'hotspot', a place to patrol, or 'blackspot', a place where radios are "
            "known not to be heard; leave it out for a hot spot"
        )
        raise refused(words)
    return value


class Properties(BaseModel):
    """What is said of a hot spot; anything else a map carries is left aside.

    Around a hot spot `catchment_m` is how far its catchment reaches; around a blackspot, how near
    to it a radio counts as in it.
    """

    name: Text
    type: Annotated[SpotType, BeforeValidator(_known_type)] = "hotspot"
    catchment_m: float = Field(default=100.0, strict=True, ge=0, le=2000, allow_inf_nan=False)
    excludes: list[Geometry] = Field(default=[], max_length=100)
    effective_from: ApiTime | None = Field(default=None, description="Now where not given")


class Feature(BaseModel):
    """A hot spot to be put into force."""

    type: Literal["Feature"]
    id: Id | None = None
    geometry: Geometry
    properties: Properties

    @model_validator(mode="after")
    def _excludes_fit(self) -> Self:
        said = self.properties
        try:
            geometry.check_excludes(
                self.geometry.polygons(),
                [each.polygons() for each in said.excludes],
                said.catchment_m,
            )
        except geometry.WrongGeometry as error:
            words = f"properties.{error}"
            raise refused(words) from None
        return self


class NamedFeature(Feature):
    """A hot spot among others, which says its own id."""

    id: Id


class FeatureCollection(BaseModel):
    """Several hot spots; each is checked by itself."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]] = Field(min_length=1, max_length=5000)


class HeldProperties(BaseModel):
    """What is said of a hot spot, and of its version."""

    name: str
    type: SpotType
    catchment_m: float
    excludes: list[dict[str, Any]]
    effective_from: str
    version: int | None = Field(description="Null where it was only tried")
    changed_by: str


class HeldFeature(BaseModel):
    """A version of a hot spot."""

    model_config = ConfigDict(json_schema_extra={"description": "A GeoJSON Feature"})
    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any]
    properties: HeldProperties


class TriedFeature(Coverage):
    """A hot spot as it would be, and what it would cover."""

    feature: HeldFeature


class FeatureRejection(BaseModel):
    """What is wrong with one feature of a collection."""

    index: int
    id: str | None
    field: str
    message: str


class Checked(BaseModel):
    """The features of a collection that are in order, and the verdicts on the rest."""

    features: list[NamedFeature]
    rejected: list[FeatureRejection]


def to_message(feature: Feature, hotspot_id: str, by: str, now: int) -> HotSpot:
    """The message of a feature; in force from ``now`` (ms) on where it does not say.

    Raises OtherId where the feature says another id than ``hotspot_id``.
    """
    if feature.id not in (None, hotspot_id):
        msg = f"id: the feature says {feature.id}, the path {hotspot_id}; leave the id out."
        raise OtherId(msg)
    said = feature.properties
    return HotSpot(
        hotspot_id=hotspot_id,
        name=said.name,
        geometry=feature.geometry.model_dump(),
        effective_from=now if said.effective_from is None else said.effective_from,
        changed_by=by,
        catchment_m=said.catchment_m,
        excludes=[each.model_dump() for each in said.excludes],
        type=said.type,
    )


def to_feature(version: int | None, held: HotSpot) -> HeldFeature:
    """A version of a hot spot as a feature."""
    return HeldFeature(
        id=held.hotspot_id,
        geometry=held.geometry,
        properties=HeldProperties(
            name=held.name,
            type=held.type,
            catchment_m=held.catchment_m,
            excludes=held.excludes,
            effective_from=rfc3339(held.effective_from),
            version=version,
            changed_by=held.changed_by,
        ),
    )


async def tried(register: Register, hotspot: HotSpot) -> TriedFeature:
    """What a hot spot would cover beside the others that are in force when it comes to be.

    It names control places too: who may put a hot spot may see them.
    """
    others = [
        other.message
        for other in register.all_in_force("hotspot", hotspot.effective_from)
        if isinstance(other.message, HotSpot)
        and other.message.type == "hotspot"
        and other.message.hotspot_id != hotspot.hotspot_id
    ]
    covered = await asyncio.to_thread(coverage_of, hotspot, others)
    return TriedFeature(feature=to_feature(None, hotspot), **dict(covered))


def check(collection: FeatureCollection) -> Checked:
    """Judge each feature by itself; of two with one id the second is refused."""
    checked = Checked(features=[], rejected=[])
    seen: set[str] = set()
    for index, raw in enumerate(collection.features):
        try:
            feature = NamedFeature.model_validate(raw)
        except ValidationError as error:
            checked.rejected.append(_rejection(index, raw, error))
            continue
        if feature.id in seen:
            words = "another feature of this collection has the same id; give each its own"
            checked.rejected.append(
                FeatureRejection(index=index, id=feature.id, field="id", message=words)
            )
            continue
        seen.add(feature.id)
        checked.features.append(feature)
    return checked


def _rejection(index: int, raw: dict[str, Any], error: ValidationError) -> FeatureRejection:
    named = raw.get("id")
    field, message = first_fault(error)
    return FeatureRejection(
        index=index, id=named if isinstance(named, str) else None, field=field, message=message
    )


KIND = Kind(
    name="hotspot",
    path="/v1/hotspots",
    id_name="hotspot_id",
    tag="hot spots",
    words="a hot spot",
    changed_by="supervise",
    kept=HotSpot,
    new=Feature,
    held=HeldFeature,
    to_message=to_message,
    to_held=to_feature,
    trial=Trial(TriedFeature, tried),
)
