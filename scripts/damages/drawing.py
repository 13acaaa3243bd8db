"""Curves of damage as an SVG that stands alone: one field a kind, the rate from left to right."""
import math

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 170, 46, 64, 44
LINES = [("same", "#1b7837", "verdict unchanged"), ("kept", "#2166ac", "fields still told"),
         ("less", "#b8860b", "verdict changed, not sure"), ("wrong", "#c51b2b", "verdict changed, sure of it")]


def escaped(text):
    """Text for an SVG."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def field(kind, about, scores, x, y):
    """One diagram; `scores` maps rates to what was counted."""
    rates = sorted(scores)
    first, last = math.log10(rates[0]), math.log10(rates[-1])

    def point(rate, share):
        return f"{x + (math.log10(rate) - first) / max(last - first, 1e-9) * WIDTH:.1f},{y + (1 - share) * HEIGHT:.1f}"

    parts = [f'<text x="{x}" y="{y - 8}" class="head">{escaped(kind)}: {escaped(about)}</text>']
    for share in (0, 0.25, 0.5, 0.75, 0.95, 1):
        at = y + (1 - share) * HEIGHT
        style = "goal" if share == 0.95 else "grid"
        parts.append(f'<line x1="{x}" x2="{x + WIDTH}" y1="{at:.1f}" y2="{at:.1f}" class="{style}"/>')
        if share != 0.95:
            parts.append(f'<text x="{x - 6}" y="{at + 4:.1f}" class="end">{share:.0%}</text>')
    for power in range(math.ceil(first - 1e-9), math.floor(last + 1e-9) + 1):
        at = float(point(10.0**power, 0).split(",")[0])
        parts.append(f'<text x="{at:.1f}" y="{y + HEIGHT + 16}" class="middle">10<tspan dy="-5" font-size="8">{power}</tspan></text>')
    for name, colour, _ in LINES:
        points = " ".join(point(rate, scores[rate].share(name)) for rate in rates)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return "\n".join(parts)


def page(curves, abouts, caption):
    """The whole picture; `curves` maps kinds to rates to scores."""
    columns = 2
    rows = math.ceil(len(curves) / columns)
    width = columns * (WIDTH + LEFT + GAP) + 20
    height = TOP + rows * (HEIGHT + GAP + 24) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">',
        "<style>.grid{stroke:#ddd}.goal{stroke:#1b7837;stroke-dasharray:4 3}.end{text-anchor:end}.middle{text-anchor:middle}"
        ".head{font-weight:bold}</style>", f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="20" y="20" font-size="13">{escaped(caption)}</text>',
    ]
    for index, (_, colour, meaning) in enumerate(LINES):
        parts.append(f'<rect x="{20 + index * 180}" y="29" width="12" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{36 + index * 180}" y="35">{meaning}</text>')
    for index, (kind, scores) in enumerate(curves.items()):
        x = 20 + LEFT + (index % columns) * (WIDTH + LEFT + GAP)
        y = TOP + (index // columns) * (HEIGHT + GAP + 24) + 10
        parts.append(field(kind, abouts[kind], scores, x, y))
    return "\n".join([*parts, "</svg>", ""])
