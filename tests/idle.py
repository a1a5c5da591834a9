"""When a cockpit under test has done all it was told: asked of the event loop, not guessed from the clock.

And what many cockpits in one process need not do again and again.
"""

import asyncio
import time

from textual import app, constants, pilot, screen
from textual._compositor import Compositor
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


async def until_idle(min_sleep: float = 0.0, max_sleep: float = 5.0) -> None:
    """Return once no message waits and nothing is left to draw; threads may still be at work.

    Takes the place of Textual's `wait_for_idle`, which sleeps 20 ms and more at each key until the whole
    process rests.
    """
    del min_sleep
    loop = asyncio.get_running_loop()
    end = time.monotonic() + max_sleep
    while time.monotonic() < end:
        await asyncio.sleep(0)
        if not loop._ready and not _draws():  # type: ignore[attr-defined]
            return


def _draws() -> bool:
    """Do at once what Textual would do at the next tick of its timers; whether there was anything."""
    running = active_app.get(None)
    if running is None or not running._screen_stack:
        return False
    if running._resize_event is not None:
        running._check_resize()
        return True
    if running._animator._animations:
        running._animator()
        return True
    shown = running._screen_stack[-1]
    if not shown.is_running or not shown.is_current or running._batch_count:
        return False
    has_to = bool(  # now: drawing empties what was to be drawn
        shown._layout_required
        or shown._scroll_required
        or shown._repaint_required
        or shown._recompose_required
        or shown._dirty_widgets
        or shown._callbacks
    )
    if has_to:
        shown._on_timer_update()
    return has_to


async def _until_screen_idle(_pilot: pilot.Pilot[object], timeout: float = 30.0) -> bool:
    await until_idle(max_sleep=timeout)
    return True


def install() -> None:
    """Let the pilot wait so in this process; nothing glides, and a screen is drawn when it is looked at."""
    constants.TEXTUAL_ANIMATIONS = "none"
    screen.UPDATE_PERIOD = 0.5
    app.wait_for_idle = pilot.wait_for_idle = until_idle
    pilot.Pilot._wait_for_screen = _until_screen_idle


_render_update = Compositor.render_update
_parse_rules = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def spare() -> None:
    """Draw what has changed when a key has had all its consequences, not at each; parse no sheet twice."""
    Compositor.render_update = lambda _compositor, *_asked, **_options: None  # type: ignore[method-assign]
    Stylesheet._parse_rules = _parsed_once  # type: ignore[method-assign, assignment]
    pilot.wait_for_idle = until_drawn


async def until_drawn(min_sleep: float = 0.0, max_sleep: float = 5.0) -> None:
    """Return once nothing waits, and what has changed on the screen is drawn for the terminal."""
    await until_idle(min_sleep, max_sleep)
    running = active_app.get(None)
    if running is not None and running._screen_stack and running.screen.is_running:
        _render_update(running.screen._compositor, screen_stack=running._background_screens)


def _parsed_once(sheet: Stylesheet, *css: object, **options: object) -> list[RuleSet]:
    """The rules of a style sheet under the same theme, of whatever cockpit."""
    key = (frozenset(sheet._variables.items()), css, frozenset(options.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *css, **options)  # type: ignore[arg-type]
    return _parsed[key]
