"""Judges the agreement check: every part of written agreements, and one part of single clauses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.agreement import AgreementCheck, PartStatus
from assistant.documents.reading import read_text
from assistant.errors import DocumentError
from eval.errors import AgreementSetError
from eval.rows import read_rows
from knowledge.agreement import Requirements

SHIPPED = Path(__file__).parent / "agreements"
STATUSES: tuple[PartStatus, ...] = get_args(PartStatus)
_LABELS: Mapping[str, PartStatus] = {
    "present": "found",
    "contrary": "contrary",
    "absent": "missing",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and the status that each of the parts it is judged on must get."""

    id: str
    text: str
    expected: Mapping[str, PartStatus]

    @property
    def group(self) -> str:
        """Which figures it counts for."""
        return "clauses" if len(self.expected) == 1 else "agreements"


@dataclass(frozen=True, slots=True)
class Judged:
    """One part of one case: what it should be and what the check made of it."""

    case: Case
    part: str
    status: PartStatus

    @property
    def expected(self) -> PartStatus:
        """What the case's label says."""
        return self.case.expected[self.part]


@dataclass(frozen=True, slots=True)
class StatusScore:
    """Precision and recall of one status in one group; None where there is nothing to count."""

    group: str
    status: PartStatus
    precision: float | None
    recall: float | None
    count: int


def load_cases(path: Path, requirements: Requirements) -> tuple[Case, ...]:
    """Read a set: rows with ``part`` and ``status``, or with ``present`` and ``contrary``.

    Raises QuestionSetError for a file, and AgreementSetError for a row, that cannot be used.
    """
    parts = tuple(part.id for part in requirements.parts)
    cases = []
    for line, row in read_rows(path):
        try:
            if isinstance(row, str):
                raise ValueError(row)
            cases.append(Case(str(row["id"]), str(row["text"]), _expected(row, parts)))
        except (KeyError, TypeError, ValueError) as error:
            raise AgreementSetError(f"'{path}', line {line}: {error}") from error
    return tuple(cases)


def judge(check: AgreementCheck, cases: Sequence[Case]) -> tuple[Judged, ...]:
    """Check every case, and pair what came back with what was expected."""
    return tuple(judged for case in cases for judged in _judged(check, case))


def scores(judged: Sequence[Judged], requirements: Requirements) -> tuple[StatusScore, ...]:
    """Per kind of case, then per subject of the agreements: each status."""
    found = [
        _score(group, status, [j for j in judged if j.case.group == group])
        for group in ("agreements", "clauses")
        for status in STATUSES
    ]
    for subject in requirements.subjects:
        ids = {part.id for part in subject.parts}
        found += [
            _score(subject.name, status, [j for j in judged if j.part in ids])
            for status in STATUSES
        ]
    return tuple(found)


def scores_text(name: str, found: Sequence[StatusScore], judged: Sequence[Judged]) -> str:
    """A line a score, then every part that was judged wrongly."""
    lines = [f"{name}: {len({j.case.id for j in judged})} texts, {len(judged)} parts"]
    lines += [
        f"{s.group:22} {s.status:9} precision {_number(s.precision)}  recall {_number(s.recall)}  "
        f"n {s.count}"
        for s in found
    ]
    lines += [
        f"  {j.case.id}, {j.part}: {j.status}, not {j.expected}"
        for j in judged
        if j.status != j.expected
    ]
    return "\n".join(lines)


def _expected(row: Mapping[str, Any], parts: Sequence[str]) -> dict[str, PartStatus]:
    if "part" in row:
        named = {row["part"]: _LABELS[row["status"]]}
    else:
        named = dict.fromkeys(parts, _LABELS["absent"])
        named |= dict.fromkeys(row["present"], _LABELS["present"])
        named |= dict.fromkeys(row["contrary"], _LABELS["contrary"])
    unknown = sorted(named.keys() - set(parts))
    if unknown:
        raise ValueError(f"'{unknown[0]}' is not the id of a part")
    return named


def _judged(check: AgreementCheck, case: Case) -> Iterator[Judged]:
    try:
        report = check.check(read_text(case.text))
    except DocumentError as error:
        raise AgreementSetError(f"'{case.id}' cannot be read: {error}") from error
    for subject in report.subjects:
        for part in subject.parts:
            if part.id in case.expected:
                yield Judged(case, part.id, part.status)


def _score(group: str, status: PartStatus, judged: Sequence[Judged]) -> StatusScore:
    right = sum(j.status == j.expected == status for j in judged)
    said = sum(j.status == status for j in judged)
    meant = sum(j.expected == status for j in judged)
    precision = right / said if said else None
    recall = right / meant if meant else None
    return StatusScore(group, status, precision, recall, meant)


def _number(value: float | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"
