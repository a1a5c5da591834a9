"""Words that change: the screen is laid out anew for them only where they need another number of lines."""

from textual.content import Content
from textual.widgets import Static


def tell(line: Static, said: Content) -> None:
    """Let a line say this, unless it does."""
    before = line.content
    if isinstance(before, Content) and before.is_same(said):
        return
    line.update(said, layout=not _fits(line, before, said))


def _fits(line: Static, before: object, said: Content) -> bool:
    """Whether other words take the room of those before: the width is given, the height is theirs."""
    styles, width = line.styles, line.content_size.width
    if not isinstance(before, Content) or not width or (styles.width is not None and styles.width.is_auto):
        return False
    rules = styles.get_render_rules()
    return before.get_height(rules, width) == said.get_height(rules, width)
