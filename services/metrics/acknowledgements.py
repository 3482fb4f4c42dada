"""Who acknowledged what of late, by thread; the last word of each holds. Pure."""

from __future__ import annotations

from services.contracts.people import Feedback


class Acknowledgements:
    """The acknowledgements of the days kept. What was acknowledged before has to be again."""

    def __init__(self) -> None:
        self._kept_from = 0
        self._by_thread: dict[str, Feedback] = {}

    def apply(self, feedback: Feedback) -> None:
        """Fold in one message of a conversation."""
        if feedback.type == "acknowledge" and feedback.at >= self._kept_from:
            self._by_thread[feedback.thread_id] = feedback

    def of(self, thread_id: str) -> Feedback | None:
        """The last acknowledgement of a thread; None where there is none."""
        return self._by_thread.get(thread_id)

    def forget(self, kept_from: int) -> None:
        """Drop what was said before a time, in epoch milliseconds."""
        if kept_from == self._kept_from:
            return
        self._kept_from = kept_from
        self._by_thread = {
            thread_id: said for thread_id, said in self._by_thread.items() if said.at >= kept_from
        }
