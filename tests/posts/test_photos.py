"""What happens to a photo between its upload and a reader."""

import errno
import io
import os
import stat
import struct
import threading
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from posts import decoding, photos, renditions, storing
from tests.factories import make_photo, make_upload

SECRETS = ("SecretCameraSerial", "SecretXmpPlace", "SecretJpegComment", "SecretPngText")


def file_of(image, kind, name="upload", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def near(pixel, colour, tolerance=24):
    return all(abs(one - two) <= tolerance for one, two in zip(pixel, colour, strict=True))


def revealing_exif(orientation=None):
    exif = Image.Exif()
    exif[0x010F] = "SecretCameraSerial"
    exif[0x9286] = "SecretCameraSerial"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 31.0, 0.0), 3: "E", 4: (69.0, 10.0, 0.0)})
    if orientation:
        exif[0x0112] = orientation
    return exif


def revealing_jpeg(size=(1400, 900), orientation=None):
    return file_of(
        Image.new("RGB", size, "olive"),
        "JPEG",
        "revealing.jpg",
        exif=revealing_exif(orientation),
        xmp=b"<x:xmpmeta>SecretXmpPlace</x:xmpmeta>",
        comment=b"SecretJpegComment",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        dpi=(300, 300),
    )


def revealing_png():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SecretPngText")
    text.add_itxt("XML:com.adobe.xmp", "SecretXmpPlace")
    image = Image.new("P", (700, 400), 1)
    return file_of(image, "PNG", "revealing.png", pnginfo=text, exif=revealing_exif())


def stored_files():
    _folders, names = default_storage.listdir("photos")
    return {name: default_storage.open(f"photos/{name}").read() for name in names}


@pytest.mark.django_db
@pytest.mark.parametrize("upload", [revealing_jpeg, revealing_png])
def test_no_stored_file_holds_what_the_camera_or_the_agency_wrote_into_it(upload):
    upload = upload()
    before = upload.read()
    assert b"SecretXmpPlace" in before
    photo = make_photo(upload)
    renditions.make(photo.file.name, photo.width)
    files = stored_files()
    assert {name.rpartition(".")[2] for name in files} >= {"avif", "webp"}
    for content in files.values():
        assert not [secret for secret in SECRETS if secret.encode() in content]
        for mark in (b"Exif", b"ICC_PROFILE", b"iCCP", b"eXIf", b"http://ns.adobe.com", b"tEXt"):
            assert mark not in content
        image = Image.open(io.BytesIO(content))
        image.load()
        assert not image.getexif()
        left = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert left <= {"progressive", "progression", "loop", "duration", "timestamp"} | {
            "background"
        }


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_to_the_pixels(orientation):
    # As it must be seen: red above, blue below, and a green left edge.
    seen = Image.new("RGB", (120, 80), "red")
    seen.paste("blue", (0, 40, 120, 80))
    seen.paste("lime", (0, 0, 24, 80))
    way = Image.Transpose
    stored = {
        1: seen,
        2: seen.transpose(way.FLIP_LEFT_RIGHT),
        3: seen.transpose(way.ROTATE_180),
        4: seen.transpose(way.FLIP_TOP_BOTTOM),
        5: seen.transpose(way.TRANSPOSE),
        6: seen.transpose(way.ROTATE_90),
        7: seen.transpose(way.TRANSVERSE),
        8: seen.transpose(way.ROTATE_270),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = photos.clean(file_of(stored, "JPEG", exif=exif, quality=95))
    assert (picture.width, picture.height) == (120, 80)
    image = opened(picture)
    assert near(image.getpixel((80, 10)), (255, 0, 0))
    assert near(image.getpixel((80, 70)), (0, 0, 255))
    assert near(image.getpixel((8, 40)), (0, 255, 0))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"])
def test_each_common_kind_of_picture_is_taken(kind):
    picture = photos.clean(file_of(Image.new("RGB", (300, 200), "teal"), kind))
    assert (picture.width, picture.height) == (300, 200)
    image = opened(picture)
    assert image.format in ("JPEG", "PNG")
    assert near(image.convert("RGB").getpixel((150, 100)), (0, 128, 128))


def test_a_cmyk_picture_becomes_rgb():
    picture = photos.clean(file_of(Image.new("CMYK", (60, 40), (0, 255, 255, 0)), "JPEG"))
    image = opened(picture)
    assert image.mode == "RGB"
    red, green, blue = image.getpixel((30, 20))
    assert red > 180
    assert green < 80
    assert blue < 80


@pytest.mark.parametrize("level", [0, 20000, 65535])
def test_a_picture_of_16_bits_keeps_its_brightness(level):
    picture = photos.clean(file_of(Image.new("I;16", (60, 40), level), "PNG"))
    assert near(opened(picture).convert("RGB").getpixel((30, 20)), (level // 256,) * 3, 4)


def test_a_picture_with_a_palette_stays_a_sharp_graphic():
    image = Image.new("P", (60, 40))
    image.putpalette([200, 30, 40] + [0] * 765)
    picture = photos.clean(file_of(image, "PNG"))
    assert picture.ending == "png"
    assert near(opened(picture).convert("RGB").getpixel((30, 20)), (200, 30, 40), 2)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(mode):
    picture = photos.clean(file_of(Image.new(mode, (60, 40)), "PNG"))
    assert opened(picture).mode in ("RGB", "P")
    assert near(opened(picture).convert("RGB").getpixel((30, 20)), (255, 255, 255), 2)


def test_a_transparent_colour_of_a_palette_becomes_white():
    image = Image.new("P", (60, 40), 0)
    image.putpalette([1, 2, 3] * 256)
    picture = photos.clean(file_of(image, "PNG", transparency=0))
    assert near(opened(picture).convert("RGB").getpixel((30, 20)), (255, 255, 255), 2)


def test_an_animation_becomes_its_first_picture():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "lime")]
    upload = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    image = opened(photos.clean(upload))
    assert getattr(image, "n_frames", 1) == 1
    assert near(image.convert("RGB").getpixel((30, 20)), (255, 0, 0))


def test_a_very_large_photo_is_made_as_large_as_the_design_can_show():
    picture = photos.clean(make_upload(size=(4000, 1000)))
    assert (picture.width, picture.height) == (decoding.MAX_SIDE, 640)


# Files that are refused


def png_that_declares(width, height):
    """A few bytes that claim to be an enormous picture."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def whole_jpeg():
    return file_of(Image.effect_noise((400, 300), 60), "JPEG").read()


NOT_PHOTOS = {
    "truncated": whole_jpeg()[:2000],
    "zero bytes": b"",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "only a header": b"\x89PNG\r\n\x1a\n",
    "noise": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("what", NOT_PHOTOS)
def test_what_is_not_a_photo_is_refused_with_advice(what):
    with pytest.raises(ValidationError) as refused:
        photos.clean(SimpleUploadedFile("photo.jpg", NOT_PHOTOS[what]))
    (sentence,) = refused.value.messages
    assert sentence == (
        "This file can't be read as a photo. Save it as JPEG, PNG or WebP and try again."
    )


@pytest.mark.parametrize("side", [7_500, 10_000, 60_000])
def test_a_small_file_that_declares_a_huge_picture_is_refused_for_its_pixels(side):
    upload = SimpleUploadedFile("bomb.png", png_that_declares(side, side))
    assert upload.size < 200
    with pytest.raises(ValidationError) as refused:
        photos.clean(upload)
    assert "million pixels" in refused.value.messages[0]
    assert "50 million" in refused.value.messages[0]


def test_a_picture_of_as_many_pixels_as_allowed_is_taken_and_one_more_is_refused(monkeypatch):
    monkeypatch.setattr(decoding, "MAX_PIXELS", 200 * 100)
    assert photos.clean(make_upload(size=(200, 100))).width == 200
    with pytest.raises(ValidationError, match="million pixels"):
        photos.clean(make_upload(size=(200, 101)))


def test_a_file_of_too_many_bytes_is_refused_with_both_sizes(monkeypatch):
    upload = make_upload(size=(40, 40))
    monkeypatch.setattr(photos, "MAX_BYTES", 2 * 1024 * 1024)
    upload.size = 2 * 1024 * 1024
    assert photos.clean(upload).width == 40
    upload.size = 5 * 1024 * 1024 + 1
    with pytest.raises(ValidationError) as refused:
        photos.clean(upload)
    assert refused.value.messages == ["This file has 5 MB; at most 2 MB can be taken."]


# Names and copies


@pytest.mark.django_db
def test_a_photo_is_named_after_its_content_and_nothing_of_the_uploads_name_is_kept():
    first = make_photo(make_upload("IMG from Ali's phone.jpg"))
    again = make_photo(make_upload("other.jpg"))
    other = make_photo(make_upload(colour="tomato"))
    assert first.file.name == again.file.name
    assert first.file.name != other.file.name
    assert first.file.name.startswith("photos/")
    assert "Ali" not in first.file.name
    assert first.pk != again.pk


@pytest.mark.django_db
def test_the_same_photo_twice_is_stored_once():
    make_photo(make_upload())
    before = stored_files()
    make_photo(make_upload())
    assert stored_files() == before


@pytest.mark.django_db
def test_a_refused_file_stores_nothing():
    with pytest.raises(ValidationError):
        make_photo(SimpleUploadedFile("x.jpg", NOT_PHOTOS["html"]))
    assert not default_storage.exists("photos")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("caption", "alt_text", "shown"),
    [
        ("A bridge", "Two boys on a bridge", "Two boys on a bridge"),
        ("A bridge", "a BRIDGE ", ""),
        ("", "A bridge", "A bridge"),
        ("A bridge", "", ""),
    ],
)
def test_alt_text_that_only_repeats_the_caption_is_not_read_twice(caption, alt_text, shown):
    photo = make_photo(caption=caption, alt_text=alt_text)
    assert photo.alt == shown


@pytest.mark.django_db
def test_a_stored_photo_is_served_for_a_year_and_nothing_outside_of_the_folder(client, settings):
    photo = make_photo()
    response = client.get(photo.src)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    (settings.DATA / "secret.txt").write_text("do not serve")
    assert client.get("/media/../data/secret.txt").status_code == 404
    assert client.get("/media/%2e%2e/data/secret.txt").status_code == 404


# Writing to the storage


def test_a_file_is_put_under_its_name_with_the_permissions_of_uploads(settings):
    for mode in (0o640, 0o604):
        settings.FILE_UPLOAD_PERMISSIONS = mode
        storing.put("photos/a.jpg", b"%o" % mode)
        assert default_storage.open("photos/a.jpg").read() == b"%o" % mode
        assert stat.S_IMODE(os.stat(default_storage.path("photos/a.jpg")).st_mode) == mode
    assert default_storage.listdir("photos") == ([], ["a.jpg"])


def disk_is_full(*_given):
    raise OSError(errno.ENOSPC, "No space left on device")


def some_of(content):
    yield content.read(3)
    disk_is_full()


@pytest.mark.parametrize("step", ["chunks", "fsync", "replace"])
@pytest.mark.parametrize("put", ["photo", "copy"])
def test_a_write_that_fails_leaves_nothing_and_the_next_one_succeeds(monkeypatch, step, put):
    picture = photos.clean(make_upload(size=(40, 30)))
    copy = renditions.Rendition(picture.name, 40, "jpg")

    def write():
        if put == "photo":
            return photos.store(picture)
        renditions._write(opened(picture), copy)
        return copy.name

    with monkeypatch.context() as broken:
        if step == "chunks":
            broken.setattr(storing.ContentFile, "chunks", some_of)
        else:
            broken.setattr(storing.os, step, disk_is_full)
        with pytest.raises(OSError, match="No space left"):
            write()
    assert default_storage.listdir("photos") == ([], [])
    name = write()
    assert Image.open(default_storage.open(name)).convert("RGB").size == (40, 30)
    assert list(stored_files()) == [name.removeprefix("photos/")]


@pytest.mark.django_db
def test_no_reader_sees_a_file_that_is_being_written(client, monkeypatch):
    seen = []

    def look(_file):
        (name,) = default_storage.listdir("photos")[1]
        for address in (name, "a.jpg", f"./{name}", f"%2e{name[1:]}"):
            seen.append(client.get(f"/media/photos/{address}").status_code)

    monkeypatch.setattr(storing.os, "fsync", look)
    storing.put("photos/a.jpg", b"the whole photo")
    assert seen == [404] * 4
    assert client.get("/media/photos/a.jpg").status_code == 200


def test_many_writers_of_the_same_photo_leave_one_file():
    together = threading.Barrier(4)

    def write():
        together.wait()
        storing.put("photos/a.jpg", b"the whole photo")

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert stored_files() == {"a.jpg": b"the whole photo"}


@pytest.mark.parametrize("storage", [FileSystemStorage, InMemoryStorage])
def test_a_storage_that_has_the_file_already_keeps_one_of_it(monkeypatch, storage):
    storage = storage()
    monkeypatch.setattr(storing, "default_storage", storage)
    for _ in range(2):
        storing.put("photos/a.jpg", b"the whole photo")
    assert storage.listdir("photos") == ([], ["a.jpg"])


def test_a_photo_that_was_cut_off_is_made_whole_by_its_next_upload():
    picture = photos.clean(make_upload())
    default_storage.save(picture.name, io.BytesIO(picture.content[:100]))
    assert photos.store(picture) == picture.name
    assert list(stored_files().values()) == [picture.content]
