"""How colours look: to the eye, in grey, and beside each other."""


def luminance(colour: str) -> float:
    """As WCAG 2.1 defines it (relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """As WCAG 2.1 defines it: from 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """L* of CIELAB: equal steps look equal, and are what is left in grey."""
    seen = luminance(colour)
    return 116 * seen ** (1 / 3) - 16 if seen > 0.008856 else 903.3 * seen
