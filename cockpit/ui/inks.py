"""How a terminal is told a colour, by the rules of Textual and rich, which are not imported."""

from collections.abc import Callable, Mapping

from cockpit.ui.widgets.contrast import RGB

_ENDS_OF_GREY = {0: 16, 25: 231}  # black and white, which stand in the cube


def colour_code(environment: Mapping[str, str]) -> Callable[[RGB], str] | None:
    """How this terminal is told a colour, None where it has sixteen of them."""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        code = _of_all
    elif environment.get("TERM", "").strip().lower().rpartition("-")[2] in ("256color", "kitty"):
        code = _of_256
    else:
        return None
    if "NO_COLOR" in environment:
        return lambda colour: code(_grey(colour))
    return code


def _grey(colour: RGB) -> RGB:
    red, green, blue = colour
    grey = round(red * 0.2126 + green * 0.7152 + blue * 0.0722)
    return grey, grey, grey


def _of_all(colour: RGB) -> str:
    return "2;{};{};{}".format(*colour)


def _of_256(colour: RGB) -> str:
    """The nearest of 256 colours, as rich finds it: in its row of greys or in its cube."""
    low, high = min(colour) / 255, max(colour) / 255
    lightness = (low + high) / 2
    spread = high - low
    if spread == 0 or spread / (high + low if lightness <= 0.5 else 2 - high - low) < 0.15:
        grey = round(lightness * 25)
        return f"5;{_ENDS_OF_GREY.get(grey, 231 + grey)}"
    red, green, blue = (round(part / 95 if part < 95 else 1 + (part - 95) / 40) for part in colour)
    return f"5;{16 + 36 * red + 6 * green + blue}"
