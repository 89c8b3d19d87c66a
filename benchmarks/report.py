"""What was measured beside its goal, round by round, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks.load import Load


@dataclass(slots=True)
class Measure:
    """One thing measured, with the bare one of the same round beside it."""

    name: str
    unit: str = "/s"
    rounds: list[Load] = field(default_factory=list)
    bare: list[Load] = field(default_factory=list)
    statements: int | None = None
    least_ratio: float | None = None
    least_per_second: float | None = None
    most_p95: float | None = None
    most_p50: float | None = None
    most_statements: int | None = None

    @property
    def per_second(self) -> float:
        """Give the median over the rounds."""
        return median(load.per_second for load in self.rounds)

    @property
    def ratio(self) -> float:
        """Give the median of each round's share of its bare one."""
        pairs = zip(self.rounds, self.bare, strict=True)
        return median(load.per_second / bare.per_second for load, bare in pairs)

    @property
    def p50(self) -> float:
        """Give the median of the rounds' medians, in milliseconds."""
        return median(load.p50 for load in self.rounds)

    @property
    def p95(self) -> float:
        """Give the median of the rounds' 95th percentiles, in milliseconds."""
        return median(load.p95 for load in self.rounds)

    def verdicts(self) -> list[tuple[str, bool]]:
        """List the goals with whether each is reached."""
        found = []
        if self.most_statements is not None and self.statements is not None:
            goal = f"at most {self.most_statements} statements"
            found.append((goal, self.statements <= self.most_statements))
        if self.least_ratio is not None:
            goal = f"at least {self.least_ratio:.0%} of bare"
            found.append((goal, self.ratio >= self.least_ratio))
        if self.least_per_second is not None:
            goal = f"at least {self.least_per_second:,.0f}{self.unit}"
            found.append((goal, self.per_second >= self.least_per_second))
        if self.most_p95 is not None:
            found.append((f"p95 at most {self.most_p95:.0f} ms", self.p95 <= self.most_p95))
        if self.most_p50 is not None:
            found.append((f"p50 at most {self.most_p50:.0f} ms", self.p50 <= self.most_p50))
        return found

    def line(self) -> str:
        """Write the measure on one line."""
        bare = f"{median(one.per_second for one in self.bare):>7,.0f}" if self.bare else " " * 7
        ratio = f"{self.ratio:>6.0%}" if self.bare else " " * 6
        count = f"{self.statements:>3}" if self.statements is not None else " " * 3
        marks = "; ".join(
            f"{goal}: {'ok' if reached else 'BELOW'}" for goal, reached in self.verdicts()
        )
        return (
            f"{self.name:<24}{self.per_second:>8,.0f}{self.unit} {bare} {ratio} "
            f"{self.p50:>8.1f} {self.p95:>8.1f} {count}  {marks}"
        )


REFERENCE = {"SQLite": 1_300, "PostgreSQL": 900}
"""Bare pages a second of the machine for which the goals a second were set, by database."""
HEADING = (
    f"{'':<24}{'measured':>8}   {'bare':>7} {'ratio':>6} {'p50 ms':>8} {'p95 ms':>8} SQL  goals"
)


def show(title: str, measures: list[Measure]) -> int:
    """Print the measures of a database; return how many goals were missed."""
    print(f"\n{title}\n{HEADING}")
    for measure in measures:
        print(measure.line())
    pages = [
        load.per_second
        for measure in measures
        if measure.statements is not None
        for load in measure.bare
    ]
    print(
        f"The bare page: {median(pages):,.0f}/s, {median(pages) / REFERENCE[title]:.2f} of the "
        f"{REFERENCE[title]:,}/s where the goals a second were set."
    )
    verdicts = [verdict for measure in measures for verdict in measure.verdicts()]
    missed = sum(not reached for _, reached in verdicts)
    print(f"{len(verdicts) - missed} goals reached, {missed} missed.")
    return missed
