"""The register gives the version in force: later offsets win from their effective time on."""

from __future__ import annotations

import pytest

from services.contracts.reference import (
    Deleted,
    HotSpot,
    MinutesEach,
    Plan,
    Radio,
    Reference,
    Source,
    Token,
    key_of,
)
from services.contracts.register import Register


def hotspot(name: str, effective_from: int, hotspot_id: str = "hs") -> HotSpot:
    return HotSpot(
        hotspot_id=hotspot_id,
        name=name,
        geometry={},
        effective_from=effective_from,
        changed_by="test",
    )


def deleted(type_: str, id_: str, effective_from: int = 0) -> Deleted:
    return Deleted(type=type_, id=id_, effective_from=effective_from, changed_by="test")  # type: ignore[arg-type]


def plan(plan_id: str, hotspot_id: str, effective_from: int = 0) -> Plan:
    return Plan(
        plan_id=plan_id,
        hotspot_id=hotspot_id,
        windows=[],
        minutes_each=MinutesEach(low=10, high=16),
        minutes_per_day=30,
        effective_from=effective_from,
        changed_by="test",
    )


def token(token_id: str, sha256: str, created_at: int = 0) -> Token:
    return Token(
        token_id=token_id, sha256=sha256, scopes=["view"], created_at=created_at, changed_by="test"
    )


def register_of(*messages: Reference) -> Register:
    register = Register()
    for offset, message in enumerate(messages):
        register.apply(offset, message)
    return register


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (9, None),  # before anything was drawn
        (10, "first"),
        (19, "first"),
        (20, "back-dated"),  # appended last with an earlier time: it covers the one from 30 on
        (35, "back-dated"),
    ],
)
def test_a_later_record_wins_from_its_effective_time_on(at: int, name: str | None) -> None:
    register = register_of(hotspot("first", 10), hotspot("second", 30), hotspot("back-dated", 20))
    found = register.hotspot("hs", at)
    assert (found.name if found else None) == name


def test_a_deleted_thing_is_in_force_until_then() -> None:
    register = register_of(hotspot("drawn", 10), deleted("hotspot", "hs", 20))
    assert register.hotspot("hs", 19) is not None
    assert register.hotspot("hs", 20) is None
    assert [version.offset for version in register.versions("hotspot/hs")] == [0, 1]


def test_a_thing_drawn_again_after_its_deletion_is_in_force() -> None:
    register = register_of(hotspot("old", 10), deleted("hotspot", "hs", 20), hotspot("new", 30))
    found = register.hotspot("hs", 30)
    assert found is not None
    assert found.name == "new"


def test_all_in_force_lists_one_type_in_key_order() -> None:
    source = Source(source="s", name="S", effective_from=0, changed_by="test")
    register = register_of(hotspot("b", 0, "b"), source, hotspot("a", 0, "a"), hotspot("c", 9, "c"))
    found = [version.message for version in register.all_in_force("hotspot", 5)]
    assert found == [hotspot("a", 0, "a"), hotspot("b", 0, "b")]


def test_sources_and_radios_are_found_by_id() -> None:
    source = Source(source="s", name="S", effective_from=0, changed_by="test")
    radio = Radio(radio_id="r", effective_from=0, changed_by="test", call_sign="A1")
    register = register_of(source, radio)
    assert register.source("s", 0) == source
    assert register.radio("r", 0) == radio
    assert register.source("r", 0) is None
    assert register.radio("s", 0) is None


def test_the_interval_expected_is_the_radios_own_else_its_sources_else_usual() -> None:
    source = Source(
        source="s", name="S", effective_from=0, changed_by="test", expected_interval_s=30.0
    )
    own = Radio(radio_id="r", effective_from=0, changed_by="test", expected_interval_s=5.0)
    plain = Radio(radio_id="p", effective_from=0, changed_by="test")
    register = register_of(source, own, plain)
    assert register.expected_interval_s("r", "s", 0) == 5.0
    assert register.expected_interval_s("p", "s", 0) == 30.0
    assert register.expected_interval_s("unheard-of", "s", 0) == 30.0
    assert register.expected_interval_s("p", "unheard-of", 0) == 60.0
    assert register.source_or_usual("unheard-of", 0).usable_accuracy_m == 100.0


def test_a_token_is_found_by_its_hash_until_it_is_revoked() -> None:
    register = register_of(token("t2", "bb", created_at=2), token("t1", "aa", created_at=1))
    assert register.token("aa") == token("t1", "aa", created_at=1)
    assert [each.token_id for each in register.tokens()] == ["t1", "t2"]
    register.apply(2, deleted("token", "t1"))
    assert register.token("aa") is None
    assert [each.token_id for each in register.tokens()] == ["t2"]


def test_the_plans_of_a_hot_spot_are_all_that_ever_named_it_with_every_version() -> None:
    register = register_of(
        plan("p2", "hs"),
        plan("p1", "hs"),
        plan("p3", "other"),
        plan("p1", "other", effective_from=5),
        deleted("plan", "p2", 9),
    )
    offsets = [[each.offset for each in versions] for versions in register.plans("hs")]
    assert offsets == [[1, 3], [0, 4]]
    assert [len(versions) for versions in register.plans("other")] == [2, 1]
    assert register.plans("nowhere") == []


def test_a_record_out_of_order_is_refused() -> None:
    register = register_of(hotspot("drawn", 10))
    with pytest.raises(ValueError, match="reference record 0 after 0"):
        register.apply(0, hotspot("again", 10))


def test_offset_is_the_end_of_what_was_applied() -> None:
    register = Register()
    register.apply(7, hotspot("drawn", 10))
    assert register.offset == 8


def test_every_type_has_its_key() -> None:
    assert key_of(hotspot("x", 0)) == "hotspot/hs"
    assert key_of(deleted("plan", "p1")) == "plan/p1"
    assert key_of(token("t", "aa")) == "token/t"
