"""A line chart as SVG, with a logarithmic axis of sizes: readable on light and dark pages."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 60, 190, 20, 50
COLOURS = ("#2f6fb3", "#c2571a", "#3b8a4a", "#8a4fa3", "#8a6d1a", "#b03060")
INK = "#7a7a7a"


def line_chart(title: str, across: str, up: str, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """The chart; each line has points (x above 0, y from 0), in order of x."""
    xs = sorted({x for points in lines.values() for x, _ in points})
    step = _step(max(y for points in lines.values() for _, y in points))
    top = step * math.ceil(max(y for points in lines.values() for _, y in points) / step)
    low, high = math.log10(xs[0]), math.log10(xs[-1])

    def at(x: float, y: float) -> tuple[float, float]:
        part = (math.log10(x) - low) / ((high - low) or 1)
        return LEFT + part * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y / top * (HEIGHT - TOP - BOTTOM)

    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    font = f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}"'
    drawn = [f'<svg xmlns="http://www.w3.org/2000/svg" {box} {font}>', f"<title>{escape(title)}</title>"]
    for number in range(round(top / step) + 1):
        (left, y), (right, _) = at(xs[0], number * step), at(xs[-1], number * step)
        drawn.append(f'<path d="M{left:.1f} {y:.1f}H{right:.1f}" stroke="{INK}" stroke-opacity=".25"/>')
        drawn.append(f'<text x="{left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{number * step:g}</text>')
    drawn += [
        f'<text x="{at(x, 0)[0]:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{x:,.0f}</text>' for x in xs
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    drawn.append(f'<text x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>')
    upright = (TOP + HEIGHT - BOTTOM) / 2
    drawn.append(f'<text transform="translate(16 {upright:.1f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>')
    for number, (name, points) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*point) for point in points))
        drawn.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in (at(*p) for p in points)]
        y = TOP + 14 + 22 * number
        drawn.append(f'<text x="{WIDTH - RIGHT + 18}" y="{y}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*drawn, "</svg>", ""])


def _step(most: float) -> float:
    """Distance between the lines of a grid of at most seven: 1, 2 or 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(max(most, 1e-9) / 6))
    return next(power * times for times in (1, 2, 5, 10) if most / (power * times) <= 6)
