"""The tasking sheet: what to do next, by call sign, on paper. Pure.

Who is allocated to several hot spots finds all of them under their call sign; what nobody is on
patrol for comes last.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from zoneinfo import ZoneInfo

from services.metrics.compliance.next_up import Task
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.nearest import Candidate

STYLE = """
@page { size: A4; margin: 15mm }
body { font: 14pt/1.35 sans-serif; color: #000; background: #fff; margin: 1rem }
h1 { font-size: 20pt } h2 { font-size: 16pt; margin: 1.2em 0 .3em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #000; padding: .3em .5em; text-align: left; vertical-align: top }
tr, section { break-inside: avoid } .done { width: 30% }
.simulated { border: 3px double #000; padding: .3em; text-align: center }
"""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src "
        f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_SIMULATED = (
    '<p class="simulated"><strong>SIMULATED</strong> '
    "Radios, officers and patrols on this sheet are made up.</p>"
)
NOBODY = "Nobody on patrol is allocated"


@dataclass(frozen=True, slots=True)
class Job:
    """A task, the name of its hot spot, and who could go, the nearest first."""

    name: str
    task: Task
    candidates: Sequence[Candidate]


def sheet(jobs: Sequence[Job], now: int, zone: ZoneInfo, *, simulated: bool) -> str:
    """The sheet as an HTML page, in the force's local time; it says so where all is made up."""
    by_call_sign: dict[str, list[Job]] = {}
    for job in jobs:
        for call_sign in {_call_sign(each) for each in job.candidates} or {NOBODY}:
            by_call_sign.setdefault(call_sign, []).append(job)
    ordered = sorted(by_call_sign.items(), key=lambda each: (each[0] == NOBODY, each[0]))
    sections = "".join(_section(call_sign, own, zone) for call_sign, own in ordered)
    told_at = _local(now, zone).strftime("%A %d %B %Y, %H:%M")
    return (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Tasking sheet</title>'
        f"<style>{STYLE}</style>{_SIMULATED if simulated else ''}"
        f"<h1>Tasking sheet</h1><p>As of {told_at}. Not a safety alarm.</p>"
        f"{sections or '<p>No patrol is due now.</p>'}</html>"
    )


def _section(call_sign: str, jobs: Sequence[Job], zone: ZoneInfo) -> str:
    rows = "".join(_row(job, zone) for job in jobs)
    return (
        f"<section><h2>{escape(call_sign)}</h2><table><thead><tr><th scope='col'>Hot spot</th>"
        "<th scope='col'>Window</th><th scope='col'>Patrols due</th>"
        "<th scope='col'>Police minutes missing</th><th scope='col'>Minutes left</th>"
        "<th scope='col' class='done'>Done</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _row(job: Job, zone: ZoneInfo) -> str:
    task = job.task
    window = ""
    if task.window is not None:
        start, end = (_local(at, zone).strftime("%H:%M") for at in task.window.window.span)
        window = f"{start} to {end}"
    cells = (
        escape(job.name),
        window,
        str(task.patrols_due or ""),
        str(round(task.missing_ms / MINUTE_MS)),
        str(round(task.left_ms / MINUTE_MS)),
        "",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _call_sign(candidate: Candidate) -> str:
    return candidate.duty.call_sign or candidate.duty.radio_id


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
