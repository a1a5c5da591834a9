"""The command palette: everything by name, and any customer by id, name or e-mail."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from cockpit.errors import Cancelled, CockpitError
from cockpit.formats import harmless
from cockpit.language import gettext as _
from cockpit.ui import keymap
from cockpit.ui.messages import OpenCustomer, OpenList

if TYPE_CHECKING:
    from cockpit.ui.app import CockpitApp

FEWEST_LETTERS = 3
"""So much must be typed before customers are looked for."""

_NO_COMMANDS = {"palette", "focus.next", "focus.previous"}
_MOVES = ("move.", "line.", "page.", "chart.", "card.")
"""What only moves is done by the mouse itself."""
_NAMED_BY = ("customer_id", "email", "name")


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done now."""

    name: str
    says: str
    run: Callable[[], Any]


class Commands(Provider):
    """Panels, lists, keys of the screen below, themes."""

    def _commands(self) -> Iterator[Command]:
        app = cast("CockpitApp", self.app)
        yield from self._actions()
        if app.has_shop:
            yield from self._lists(app)
        for theme in app.available_themes.values():
            if not theme.ansi:
                use = partial(setattr, app, "theme", theme.name)
                yield Command(_("Theme: {name}").format(name=theme.name), _("Use these colours"), use)

    def _lists(self, app: "CockpitApp") -> Iterator[Command]:
        for query in app.shop.queries("list"):
            show = partial(self.screen.post_message, OpenList(query.name))
            yield Command(_("List: {title}").format(title=query.title), query.says, cast(Any, show))

    def _actions(self) -> Iterator[Command]:
        active_keys = {active.binding.id: active for active in self.screen.active_bindings.values()}
        for key in keymap.KEYS:
            active = active_keys.get(key.id)
            if active is None or not active.enabled or key.id in _NO_COMMANDS or key.id.startswith(_MOVES):
                continue
            title = _("Panel: {title}").format(title=key.name) if key.id.startswith("panel.") else key.name
            yield Command(title, key.says, self._run(active.binding.action, active.node))

    def _run(self, action: str, node: Any) -> Callable[[], Awaitable[bool]]:
        return lambda: self.app.run_action(action, node)

    async def discover(self) -> Hits:
        """All that can be done."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.name), command.run, command.name, command.says)

    async def search(self, query: str) -> Hits:
        """What of it has a name like this."""
        matcher = self.matcher(query)
        for command in self._commands():
            # Of names that match as well the shortest is meant: it has least besides.
            score = matcher.match(command.name) / (1 + len(command.name) / 1_000)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), command.run, command.name, command.says)


class Customers(Provider):
    """Customers whose id, e-mail or name contains what is typed."""

    async def search(self, query: str) -> Hits:
        """Look in a thread for a few of them, within the filter or not."""
        app = cast("CockpitApp", self.app)
        typed = query.strip()
        if not app.has_shop or len(typed) < FEWEST_LETTERS:
            return
        try:
            found = await asyncio.to_thread(app.shop.customers_like, typed)
        except (CockpitError, Cancelled):
            return
        for record in found.iter_rows(named=True):
            known = [harmless(str(record[name])) for name in _NAMED_BY if record[name] is not None]
            title = _("Customer: {name}").format(name=" · ".join(dict.fromkeys(known)))
            show = partial(self.screen.post_message, OpenCustomer(int(record["customer_key"])))
            yield Hit(1.0, Content(title), cast(Any, show), title, _("Open this customer"))
