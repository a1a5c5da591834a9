"""A retention cockpit in the terminal, and the library beneath it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cockpit.shop import Shop

__all__ = ["Shop"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `Shop` on first use, so that `import cockpit` loads no data library."""
    if name == "Shop":
        from cockpit.shop import Shop

        return Shop
    raise AttributeError(name)
