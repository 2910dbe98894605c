"""Counters for Prometheus. Labels come from fixed lists: nothing a user typed gets here."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """One registry an application, so that two in one process do not collide."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.answers = Counter(
            "avg_assistent_answers",
            "Answers given.",
            ("channel", "kind"),
            registry=self._registry,
        )
        self.refused = Counter(
            "avg_assistent_refused",
            "Questions not taken.",
            ("channel", "reason"),
            registry=self._registry,
        )
        self.feedback = Counter(
            "avg_assistent_feedback",
            "Thumbs given, and the reason chosen.",
            ("verdict", "reason"),
            registry=self._registry,
        )
        self.unkept = Counter(
            "avg_assistent_unkept",
            "Notes that could not be written to the feedback database.",
            registry=self._registry,
        )
        self.recalled = Counter(
            "avg_assistent_recalled",
            "Questions looked up among the answers given before, and whether one was there.",
            ("channel", "found"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "avg_assistent_answer_seconds",
            "Time from question to answer, waiting included.",
            ("channel",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._knowledge = Gauge(
            "avg_assistent_knowledge_info",
            "Always 1; the label says which knowledge answers.",
            ("version",),
            registry=self._registry,
        )

    def text(self, library_version: str) -> bytes:
        """Return all metrics in the Prometheus text format."""
        self._knowledge.clear()
        self._knowledge.labels(library_version).set(1)
        return generate_latest(self._registry)
