"""How the screen asks the shop: in a thread, to be cancelled at will, deaf to answers to older questions."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.message import Message

from cockpit.errors import Cancelled, CockpitError
from cockpit.formats import Formatter
from cockpit.language import gettext as _
from cockpit.ui import crash
from cockpit.ui.messages import ShopMoved

if TYPE_CHECKING:
    from textual.widget import Widget

    from cockpit.shop import Shop, Ticket
    from cockpit.ui.app import CockpitApp

    Base = Widget
else:
    Base = object  # a widget takes its styles from the first of its bases that is one: that is not this mixin

Answer = TypeVar("Answer")
Question = Callable[["Shop", "Ticket"], Answer]

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class _Open:
    """A question without an answer yet."""

    number: int
    ticket: "Ticket"
    then: Callable[[Any], object]
    failed: Callable[[CockpitError], None]
    cancelled: Callable[[], None]


class Asking(Base):
    """Mixin of panels and screens: asks the shop without making the screen wait.

    Every question has a topic. A new question takes the place of the one that is open on its topic: that one
    is cancelled, and its answer, should it still arrive, is dropped.
    """

    @dataclass
    class _Outcome(Message, bubble=False):
        """What a thread brings back: an answer, or why there is none."""

        topic: str
        number: int
        answer: object
        problem: Exception | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions: dict[str, _Open] = {}

    @property
    def cockpit(self) -> "CockpitApp":
        """The app, by its own type."""
        return cast("CockpitApp", self.app)

    @property
    def shop(self) -> "Shop":
        """The opened export."""
        return self.cockpit.shop

    @property
    def formatter(self) -> Formatter:
        """Writes figures as the shop does."""
        return self.cockpit.formatter

    def ask_shop(
        self,
        question: Question[Answer],
        then: Callable[[Answer], object],
        *,
        topic: str = "",
        failed: Callable[[CockpitError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Run `question(shop, ticket)` in a thread; on the event loop one of the three callbacks follows.

        `failed` gets the sentence for the owner (by default it is shown as a notification); `cancelled`
        follows `cancel`, never a newer question.
        """
        from cockpit.shop import Ticket

        self.drop(topic)
        number, ticket, cockpit, shop = next(_numbers), Ticket(), self.cockpit, self.shop
        generation = shop.generation
        self._questions[topic] = _Open(number, ticket, then, failed or self._say, cancelled or _nothing)

        def work() -> None:
            answer: object = None
            problem: Exception | None = None
            try:
                answer = question(shop, ticket)
            except (Cancelled, CockpitError) as expected:
                problem = expected
            except BaseException as error:  # polars panics are no Exception
                problem = crash.explained(error)
            with suppress(RuntimeError):  # the app has left meanwhile
                self.post_message(self._Outcome(topic, number, answer, problem))
            if shop.generation != generation:
                cockpit.post_message(ShopMoved())

        self.run_worker(work, thread=True, group=f"ask {topic}", exit_on_error=False)

    def is_asking(self, topic: str = "") -> bool:
        """Whether a question is open on this topic."""
        return topic in self._questions

    def drop(self, topic: str = "") -> None:
        """Forget the question that is open on a topic, and stop it."""
        question = self._questions.pop(topic, None)
        if question is not None:
            question.ticket.cancel()

    def cancel(self, topic: str = "") -> bool:
        """Stop the question on a topic as the owner wishes; False where none is open."""
        question = self._questions.pop(topic, None)
        if question is None:
            return False
        question.ticket.cancel()
        question.cancelled()
        return True

    def on_asking__outcome(self, message: _Outcome) -> None:
        """Take the answer to the open question; drop all others."""
        message.stop()
        question = self._questions.get(message.topic)
        if question is None or question.number != message.number:
            return
        if self.cockpit.is_leaving:  # the widgets that would show it are being taken down
            return
        del self._questions[message.topic]
        problem = message.problem
        if problem is None:
            question.then(message.answer)
        elif isinstance(problem, CockpitError):
            question.failed(problem)
        else:
            question.cancelled()

    def on_unmount(self) -> None:
        """Nobody is left to hear an answer."""
        for topic in list(self._questions):
            self.drop(topic)

    def _say(self, problem: CockpitError) -> None:
        self.notify(str(problem), title=_("Not possible"), severity="warning", markup=False)


def _nothing() -> None:
    return None
