"""The line of keys at the foot: as many as fit, and always those that lead to all others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

_PADDING = 3


@dataclass(frozen=True, slots=True)
class _Offer:
    """A key as it is written, and what it does."""

    key: str
    written: str
    name: str
    action: str
    tooltip: str

    @property
    def width(self) -> int:
        return Content(f"{self.written}{self.name}").cell_length + _PADDING


class KeyFooter(Widget):
    """The keys of where the focus is, cut to those that fit in their order; what `kept` does is never cut.

    Drawn by one widget: Textual's own mounts one a key whenever the focus moves, which is felt.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyFooter { dock: bottom; height: 1; background: $surface; }"

    _offers: reactive[tuple[_Offer, ...]] = reactive(())
    _under: reactive[_Offer | None] = reactive(None)
    """What the mouse is on."""

    def __init__(self, *kept: str) -> None:
        super().__init__()
        self._kept = kept or ("app.help", "app.command_palette")

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Follow them no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _bindings_changed(self, screen: "Screen[object]") -> None:
        if not screen.app.app_focus:
            return
        offers: dict[str, _Offer] = {}
        for _node, binding, enabled, tooltip in screen.active_bindings.values():
            if binding.show and enabled and binding.action not in offers:
                written = self.app.get_key_display(binding)
                offers[binding.action] = _Offer(
                    binding.key, written, binding.description, binding.action, tooltip
                )
        self._offers = tuple(offers.values())

    def _that_fit(self) -> list[_Offer]:
        room = self.size.width - sum(offer.width for offer in self._offers if offer.action in self._kept)
        fit = []
        for offer in self._offers:
            if offer.action in self._kept:
                fit.append(offer)
            elif offer.width <= room:
                room -= offer.width
                fit.append(offer)
            else:
                room = 0
        return fit

    def render(self) -> Content:
        """The line."""
        parts = []
        for offer in self._that_fit():
            back = " on $block-hover-background" if offer is self._under else ""
            parts.append(Content.styled(f" {offer.written} ", f"bold $primary{back}"))
            parts.append(Content.styled(f"{offer.name} ", f"$foreground 80%{back}"))
        return Content("").join(parts)

    def _at(self, event: events.MouseEvent) -> _Offer | None:
        right = 0
        for offer in self._that_fit():
            right += offer.width
            if event.x < right:
                return offer
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up the key under the mouse and say what it does."""
        under = self._at(event)
        if under != self._under:
            self._under = under
            self.tooltip = under.tooltip if under is not None else None

    def on_leave(self) -> None:
        """No key is under the mouse any more."""
        self._under = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do as if the key had been pressed."""
        offer = self._at(event)
        if offer is not None:
            self.app.simulate_key(offer.key)
