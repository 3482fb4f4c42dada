"""``docs/metrics.md`` names every family of the catalogue, and no other."""

from __future__ import annotations

from pathlib import Path

from services.edge.families import CATALOGUE, Family

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"


def row(family: Family) -> str:
    labels = ", ".join(f"`{label}`" for label in family.labels) or "none"
    return f"| `{family.name}` | {family.type} | {labels} | {family.help} |"


def test_the_page_is_the_catalogue() -> None:
    found = [line for line in PAGE.read_text().splitlines() if line.startswith("| `stepsix_")]
    assert found == [row(family) for family in CATALOGUE]
