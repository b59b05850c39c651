"""A folder of hostile and odd pictures: each is refused with a sentence, or made right.

The whole folder is sent by a process that measures itself: it and the decoders that it starts
stay under 300 MB.
"""

import io
import json
import os
import struct
import subprocess
import sys
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import File
from PIL import Image, ImageCms, PngImagePlugin

from posts import decoding, iptc, photos

MOST_MEMORY = 300 * 1024 * 1024
SECRET = b"SecretOfTheFile"


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, rows, depth=8, colour=2):
    """A PNG out of its parts: `rows` are the bytes of all lines, each with its filter byte."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = rows if isinstance(rows, bytes) else b"".join(rows)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def black_lines(width, height, bytes_a_pixel):
    """Compressed lines of zeros, made without ever holding all of them."""
    packer = zlib.compressobj(9)
    line = b"\0" * (width * bytes_a_pixel + 1)
    return b"".join([*(packer.compress(line) for _ in range(height)), packer.flush()])


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def colours(mode="RGB", size=(300, 200)):
    return Image.new("RGB", size, (200, 30, 40)).convert(mode)


def wide_gamut():
    """Pure green of a profile whose red and green are swapped: in sRGB it is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(profile.tobytes())
    tags = {}
    for number in range(int.from_bytes(data[128:132], "big")):
        start = 132 + 12 * number
        tags[bytes(data[start : start + 4])] = start
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = (
        data[green + 4 : green + 12],
        data[red + 4 : red + 12],
    )
    return saved(Image.new("RGB", (300, 200), (30, 200, 40)), "JPEG", icc_profile=bytes(data))


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    image = Image.new("RGB", (200, 300), (200, 30, 40))
    image.paste((0, 0, 200), (0, 0, 60, 300))
    return saved(image, "JPEG", exif=exif, comment=SECRET)


def animated(kind):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ((200, 30, 40), "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)


def with_text_bomb():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "x" * 90_000_000, zip=True)
    return saved(colours(), "PNG", pnginfo=text)


def grey_16_bits():
    return saved(Image.new("I;16", (300, 200), 51_400), "PNG")


def colour_16_bits():
    line = b"\0" + struct.pack(">HHH", 51_400, 7_710, 10_280) * 300
    return png(300, 200, zlib.compress(line * 200), depth=16)


def tiled_tiff(side, tile):
    """A TIFF of side × side grey pixels whose only tile, zipped, has tile × tile."""
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(bytes([200]) * tile) for _ in range(tile)), packer.flush()])
    # Size, depth, compression, colours, samples, layout; then of the tile: sides, place, bytes.
    picture = {256: side, 257: side, 258: 8, 259: 8, 262: 1, 277: 1, 284: 1}
    tags = picture | {322: tile, 323: tile, 324: 8 + 2 + 11 * 12 + 4, 325: len(data)}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, tags[tag]) for tag in sorted(tags))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0" * 4 + data


def jpeg_of_scans(number, size=(400, 300)):
    """A progressive JPEG with its last scan so often that it has this number of them."""
    data = saved(colours(size=size), "JPEG", progressive=True)
    last = data.rfind(b"\xff\xda")
    more = number - data.count(b"\xff\xda")
    return data[:-2] + data[last:-2] * more + data[-2:]


REFUSED = {
    "a bomb of 2.5 thousand million pixels.png": lambda: png(50_000, 50_000, zlib.compress(b"0")),
    "a bomb of 400 million pixels.png": lambda: png(20_000, 20_000, black_lines(20_000, 20_000, 3)),
    "51 million pixels.png": lambda: png(8_500, 6_000, black_lines(8_500, 6_000, 3)),
    "a bomb.gif": lambda: (
        b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2\x4c\1\0;"
    ),
    "truncated.jpg": lambda: saved(Image.effect_noise((900, 600), 60), "JPEG")[:9_000],
    "truncated.png": lambda: saved(Image.effect_noise((900, 600), 60), "PNG")[:9_000],
    "truncated.webp": lambda: saved(Image.effect_noise((900, 600), 60), "WEBP")[:5_000],
    "truncated.avif": lambda: saved(Image.effect_noise((900, 600), 60), "AVIF")[:2_000],
    "a drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "a drawing.jpg": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a page.jpg": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "a script that begins like a GIF.gif": lambda: b"GIF89a/*" + b"*/=1;alert(1)//" + b"\0" * 50,
    "PostScript.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "PDF.jpg": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "an archive.jpg": lambda: b"PK\x03\x04" + b"\0" * 100,
    "nothing.jpg": lambda: b"",
    "zeros.jpg": lambda: b"\0" * 5_000,
    "text bomb.png": with_text_bomb,
    "a small picture in a tile of 10,000 a side.tif": lambda: tiled_tiff(64, 10_000),
    "101 passes.jpg": lambda: jpeg_of_scans(101),
    "14 million pixels.webp": lambda: b"".join(
        [b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"]
        + [(side - 1).to_bytes(3, "little") for side in (4_000, 3_500)]
    ),
    "21 million pixels.avif": lambda: saved(
        colours("L", (6_000, 3_500)), "AVIF", speed=10, quality=20
    ),
}

TAKEN = {
    "turned.jpg": turned,
    "CMYK.jpg": lambda: saved(colours("CMYK"), "JPEG"),
    "CMYK.tif": lambda: saved(colours("CMYK"), "TIFF"),
    "LAB.tif": lambda: saved(
        ImageCms.applyTransform(
            colours(),
            ImageCms.buildTransform(
                ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
            ),
        ),
        "TIFF",
    ),
    "palette.png": lambda: saved(colours("P"), "PNG"),
    "palette.gif": lambda: saved(colours("P"), "GIF"),
    "16 bits.png": colour_16_bits,
    "wide gamut.jpg": wide_gamut,
    "broken profile.jpg": lambda: saved(colours(), "JPEG", icc_profile=b"no profile"),
    "broken EXIF.jpg": lambda: saved(colours(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "animated.gif": lambda: animated("GIF"),
    "animated.webp": lambda: animated("WEBP"),
    "animated.png": lambda: animated("PNG"),
    "animated.avif": lambda: animated("AVIF"),
    "with a page behind it.jpg": lambda: (
        saved(colours(), "JPEG", comment=SECRET) + b"<script>" + SECRET + b"</script>"
    ),
    "progressive.jpg": lambda: saved(colours(), "JPEG", progressive=True),
    "50 million pixels.png": lambda: png(8_000, 6_200, red_lines(8_000, 6_200)),
    "50 million pixels, see-through.png": lambda: png(
        8_000, 6_200, red_lines(8_000, 6_200, alpha=True), colour=6
    ),
    "50 million pixels.jpg": lambda: saved(colours(size=(8_000, 6_200)), "JPEG"),
    "100 passes.jpg": lambda: jpeg_of_scans(100),
    "12.5 million pixels, see-through.webp": lambda: saved(
        Image.new("RGBA", (4_080, 3_072), (200, 30, 40, 250)), "WEBP", method=0
    ),
    "20 million pixels.avif": lambda: saved(
        colours(size=(5_472, 3_648)), "AVIF", speed=10, quality=80
    ),
}


def red_lines(width, height, alpha=False):
    packer = zlib.compressobj(1)
    line = b"\0" + bytes([200, 30, 40, 255][: 4 if alpha else 3]) * width
    return b"".join([*(packer.compress(line) for _ in range(height)), packer.flush()])


def middle(picture):
    image = Image.open(io.BytesIO(picture.content)).convert("RGB")
    return image.getpixel((image.width * 2 // 3, image.height * 2 // 3))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All files on the disk, where uploads of this size stand too."""
    place = tmp_path_factory.mktemp("odd")
    for name, make in (REFUSED | TAKEN).items():
        (place / name).write_bytes(make())
    return place


def clean(path):
    with open(path, "rb") as file:
        return photos.clean(File(file))


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_one_sentence(folder, name):
    with pytest.raises(ValidationError) as refused:
        clean(folder / name)
    (sentence,) = refused.value.messages
    assert sentence.endswith((".", "!"))
    assert ("million" in sentence) == ("million" in name or name == "a bomb.gif"), sentence


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("name", TAKEN)
def test_an_odd_file_is_made_right(folder, name):
    picture = clean(folder / name)
    assert max(abs(a - b) for a, b in zip(middle(picture), (200, 30, 40), strict=True)) < 26
    assert max(picture.width, picture.height) <= decoding.MAX_SIDE
    assert SECRET not in picture.content
    image = Image.open(io.BytesIO(picture.content))
    assert getattr(image, "n_frames", 1) == 1
    assert picture.width > picture.height


def test_grey_of_16_bits_keeps_its_brightness():
    picture = photos.clean(File(io.BytesIO(grey_16_bits()), "x.png"))
    assert abs(middle(picture)[0] - 200) < 4


def test_what_shines_through_becomes_white_at_any_size():
    for size in ((300, 200), (5_200, 2_000)):
        image = Image.new("RGBA", size, (200, 30, 40, 0))
        picture = photos.clean(File(io.BytesIO(saved(image, "PNG")), "x.png"))
        assert middle(picture) == (255, 255, 255)


def test_a_large_picture_has_no_seams_where_its_strips_meet():
    """Converted strip by strip, a gradient must stay one."""
    image = Image.linear_gradient("L").resize((5_200, 5_200)).convert("RGBA")
    picture = photos.clean(File(io.BytesIO(saved(image, "PNG", compress_level=1)), "x.png"))
    grey = Image.open(io.BytesIO(picture.content)).convert("L")
    column = [grey.getpixel((grey.width // 2, y)) for y in range(grey.height)]
    steps = [abs(b - a) for a, b in pairwise(column)]
    assert max(steps) <= 4


def test_a_large_file_that_breaks_in_the_middle_is_refused(tmp_path):
    content = saved(Image.effect_noise((5_000, 4_000), 40), "PNG", compress_level=1)
    with pytest.raises(ValidationError, match="can't be read as a photo"):
        photos.clean(File(io.BytesIO(content[: len(content) // 2]), "x.png"))


def test_a_progressive_jpeg_that_needs_too_much_memory_says_what_to_do(monkeypatch):
    content = saved(colours(size=(1_200, 800)), "JPEG", progressive=True, subsampling=0)
    assert photos.clean(File(io.BytesIO(content), "x.jpg")).width == 1_200
    monkeypatch.setattr(decoding, "MAX_COEFFICIENTS", 1_200 * 800 * 6 - 1)
    with pytest.raises(ValidationError, match="not progressive"):
        photos.clean(File(io.BytesIO(content), "x.jpg"))


@pytest.mark.parametrize(("tile", "taken"), [(16, True), (1_024, True), (1_040, False)])
def test_a_tile_may_be_larger_than_its_picture_but_not_by_much(tile, taken):
    file = File(io.BytesIO(tiled_tiff(16, tile)), "x.tif")
    if taken:
        assert middle(photos.clean(file)) == (200, 200, 200)
    else:
        with pytest.raises(decoding.NotAPhoto):
            decoding.open_picture(file)
        with pytest.raises(ValidationError, match="can't be read as a photo"):
            photos.clean(file)


def test_a_large_picture_may_be_one_tile():
    image = decoding.open_picture(io.BytesIO(tiled_tiff(1_200, 1_216)))
    assert image.size == (1_200, 1_200)


@pytest.mark.parametrize(
    ("kind", "options", "apart"),
    [
        ("JPEG", {}, False),
        ("JPEG", {"progressive": True}, True),
        ("PNG", {}, False),
        ("GIF", {}, False),
        ("TIFF", {}, True),
        ("WEBP", {}, True),
        ("AVIF", {}, True),
    ],
)
def test_what_may_cost_more_than_its_pixels_tell_is_decoded_in_another_process(
    monkeypatch, kind, options, apart
):
    here = []
    upright = decoding.upright
    monkeypatch.setattr(decoding, "upright", lambda image: here.append(image) or upright(image))
    picture = photos.clean(File(io.BytesIO(saved(colours(), kind, **options)), "x"))
    assert picture.width == 300
    assert bool(here) != apart


def test_only_the_scans_of_the_picture_itself_are_counted():
    scans = b"\xff\xda\0\2" * 200
    content = saved(colours(), "JPEG", exif=b"Exif\0\0" + scans) + b"\0\2" + scans
    assert decoding.open_picture(io.BytesIO(content)).size == (300, 200)
    with pytest.raises(decoding.TooSlow):
        decoding.open_picture(io.BytesIO(content.replace(b"\xff\xd9", b"")))


def test_scans_are_found_wherever_the_reading_is_cut(monkeypatch):
    content = jpeg_of_scans(30)
    for part in (2, 3, 7, 64):
        monkeypatch.setattr(decoding, "_PART", part)
        assert decoding._scans(io.BytesIO(content)) == 30
        assert decoding._scans(io.BytesIO(content[:-2])) == 30


def test_a_jpeg_of_very_many_pieces_is_refused(monkeypatch):
    content = saved(colours(), "JPEG")
    many = io.BytesIO(content[:2] + b"\xff\xfe\0\2" * 40 + content[2:])
    assert decoding.open_picture(many).size == (300, 200)
    monkeypatch.setattr(decoding, "MOST_SEGMENTS", 40)
    with pytest.raises(decoding.TooSlow):
        decoding.open_picture(many)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("14 million pixels.webp", (14, "WebP", 13)), ("21 million pixels.avif", (21, "AVIF", 20))],
)
def test_a_webp_or_avif_of_too_many_pixels_is_told_the_limit_of_its_kind(folder, name, numbers):
    with pytest.raises(ValidationError) as refused:
        clean(folder / name)
    assert refused.value.messages == [
        "This picture has {} million pixels; the limit for {} is {} million. "
        "Save it as JPEG and try again.".format(*numbers)
    ]


@pytest.mark.parametrize("ended_by", ["the clock", "its processor time"])
def test_a_picture_that_takes_too_long_is_refused_with_what_to_do(monkeypatch, ended_by):
    content = saved(colours(), "TIFF")
    assert photos.clean(File(io.BytesIO(content), "x.tif")).width == 300
    run = subprocess.run
    endless = (
        "from posts import decoding\n"
        "def upright(image):\n    while True: pass\n"
        "decoding.SECONDS, decoding.upright = 1, upright\n"
        "decoding.main()"
    )
    monkeypatch.setattr(
        photos.subprocess,
        "run",
        lambda command, **more: run([sys.executable, "-c", endless], **more),
    )
    if ended_by == "the clock":
        monkeypatch.setattr(decoding, "SECONDS", 0.1)
    with pytest.raises(ValidationError, match="takes too long to be read"):
        photos.clean(File(io.BytesIO(content), "x.tif"))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG", "WEBP"])
def test_the_file_can_still_be_read_after_its_pixels_were(kind):
    image = colours("P" if kind in ("PNG", "GIF") else "RGB")
    file = File(io.BytesIO(saved(image, kind)), "x")
    photos.clean(file)
    assert iptc.read(file) == iptc.Said()


MEASURE = """
import json, os, resource, sys
from pathlib import Path
import django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.base import File
from posts import iptc, photos
taken = []
for path in sorted(Path(sys.argv[1]).iterdir()):
    with open(path, "rb") as file:
        try:
            photos.clean(File(file))
        except ValidationError:
            continue
        iptc.read(File(file))
        taken.append(path.name)
# Not getrusage(): its figure for oneself includes the process that started this one.
status = Path("/proc/self/status").read_text()
own = int(status.partition("VmHWM:")[2].split()[0])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"taken": taken, "own": own, "children": children}))
"""


def test_the_whole_folder_is_judged_in_less_than_300_mb(folder):
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        capture_output=True,
        check=True,
        cwd=Path(photos.__file__).parent.parent,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "gandhara.settings"},
    )
    said = json.loads(answer.stdout.splitlines()[-1])
    assert set(said["taken"]) == set(TAKEN)
    assert said["own"] * 1024 < MOST_MEMORY, said
    assert said["children"] * 1024 < MOST_MEMORY, said
