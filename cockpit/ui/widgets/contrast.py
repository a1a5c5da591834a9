"""How colours mix, and how well one is read upon another; plain numbers, known before anything draws."""

RGB = tuple[int, int, int]

TEXT_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: text against its background."""
MUTED = 0.55
"""How much of the foreground is in text that stands back."""


def rgb(written: str) -> RGB:
    """A colour written as `#rrggbb`."""
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue


def blend(one: RGB, other: RGB, share: float) -> RGB:
    """`one` with a share of the `other`, rounded down as Textual does."""
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


_LINEAR = tuple(_linear(part / 255) for part in range(256))
"""Light that each part of a colour gives, 0…1: a heat table asks for thousands."""


def luminance(colour: RGB) -> float:
    """Relative luminance, 0…1 (WCAG 2.2)."""
    red, green, blue = colour
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def contrast(one: RGB, other: RGB) -> float:
    """Contrast ratio of two colours, 1…21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: RGB, background: RGB, ratio: float = TEXT_CONTRAST) -> RGB:
    """`colour`, moved towards black or white only as far as `ratio` against `background` asks for."""
    end = max(((0, 0, 0), (255, 255, 255)), key=lambda candidate: contrast(candidate, background))
    for step in range(21):
        moved = blend(colour, end, step / 20)
        if contrast(moved, background) >= ratio:
            return moved
    return end


def muted(foreground: RGB, background: RGB) -> RGB:
    """The colour of text that stands back."""
    return readable(blend(background, foreground, MUTED), background)
