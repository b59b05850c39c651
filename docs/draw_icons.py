"""Draws the icons in static/icons anew from the emblem: `python -m docs.draw_icons`."""

from pathlib import Path

from PIL import Image

from posts.card_drawing import emblem

INTO = Path(__file__).resolve().parent.parent / "static" / "icons"


def main():
    """Few colours: all of them together are smaller than one photo's thumbnail."""
    INTO.mkdir(exist_ok=True)
    emblem(32).save(INTO / "favicon.ico", sizes=[(32, 32)])
    _save(emblem(192), "icon-192.png")
    _save(emblem(512), "icon-512.png")
    # Shown by phones in a shape of their own: no corners, and nothing of use near the edge.
    _save(emblem(512, corners=0, inset=9).convert("RGB"), "icon-maskable.png")
    _save(emblem(180, corners=0, inset=4).convert("RGB"), "apple-touch-icon.png")


def _save(image, name):
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    # A large icon's edges are smooth to the eye with fewer shades.
    few = image.quantize(8 if image.width > 192 else 24, method, dither=Image.Dither.NONE)
    few.save(INTO / name, optimize=True)


if __name__ == "__main__":
    main()
