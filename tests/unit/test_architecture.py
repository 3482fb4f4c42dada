"""Imports point one way; no service knows another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = {"contracts", "eventlog", "edge", "ground"}
SERVICES = {"ingest", "geofence", "metrics"}
MAY_IMPORT = {
    "contracts": {"contracts"},
    "eventlog": {"contracts", "eventlog"},
    "ground": {"contracts", "ground"},
    "edge": {"contracts", "eventlog", "edge"},
    **{service: {service, *SHARED} for service in SERVICES},
    "simulator": {"simulator"},
    "settings": {"contracts"},
    "cli": {*SHARED, *SERVICES, "simulator", "settings", "cli"},
}
PURE = {
    "asyncio",
    "aiokafka",
    "sqlite3",
    "fastapi",
    "httpx",
    "logging",
    "os",
    "socket",
    "structlog",
    "threading",
    "time",
}
FILES = sorted((ROOT / "services").rglob("*.py"))


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def owner(file: Path) -> str:
    first = file.relative_to(ROOT / "services").parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file: Path) -> None:
    if owner(file) == "__init__":
        return
    parts = {name.split(".")[1] for name in imported(file) if name.startswith("services.")}
    assert parts <= MAY_IMPORT[owner(file)]


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if owner(file) in {"contracts", "ground"}],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_contracts_and_ground_are_pure(file: Path) -> None:
    assert not {name.split(".")[0] for name in imported(file)} & PURE
