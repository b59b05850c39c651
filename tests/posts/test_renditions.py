"""The copies of a photo that readers get, made by the worker or by whoever asks first."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from posts import photos, renditions, storing
from posts.models import Photo
from posts.templatetags.posts import picture
from tests.factories import make_photo, make_upload

pytestmark = pytest.mark.django_db


def stored():
    return {f"photos/{name}" for name in default_storage.listdir("photos")[1]}


def graphic():
    image = Image.new("P", (700, 400), 1)
    image.putpalette([200, 30, 40, 250, 250, 250] + [0] * 762)
    ImageDraw.Draw(image).rectangle((100, 100, 400, 300), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile("map.png", out.getvalue())


@pytest.mark.parametrize(
    ("width", "copies"),
    [
        (200, [200]),
        (320, [320]),
        (321, [320, 321]),
        (1300, [320, 480, 640, 960, 1280, 1300]),
        (2560, [320, 480, 640, 960, 1280, 1600]),
    ],
)
def test_no_copy_is_wider_than_its_photo_or_than_readers_need(width, copies):
    assert renditions.widths(width) == copies


def test_each_copy_has_its_width_and_the_kind_that_its_name_tells():
    photo = make_photo(make_upload(size=(1200, 800)))
    assert stored() == {photo.file.name}
    assert renditions.make(photo.file.name, photo.width) == 15
    for each in renditions.every(photo.file.name, photo.width):
        image = Image.open(default_storage.open(each.name))
        assert image.format == {"jpg": "JPEG"}.get(each.ending, each.ending.upper())
        assert image.size == (each.width, round(each.width * 2 / 3))
    assert renditions.make(photo.file.name, photo.width) == 0


def test_a_very_flat_photo_keeps_at_least_one_line():
    photo = make_photo(make_upload(size=(2000, 1)))
    renditions.make(photo.file.name, photo.width)
    assert Image.open(default_storage.open(photo.plain_renditions[0].name)).size == (320, 1)


def test_a_graphic_keeps_its_colours_in_every_format():
    photo = make_photo(graphic())
    renditions.make(photo.file.name, photo.width)
    assert set(photo.renditions) == {"avif", "webp", "png"}
    for each in renditions.every(photo.file.name, photo.width):
        image = Image.open(default_storage.open(each.name)).convert("RGB")
        red, green, blue = image.getpixel((each.width * 250 // 700, each.width * 200 // 700))
        assert abs(red - 200) < 16 > max(abs(green - 30), abs(blue - 40)), each


def test_the_worker_is_left_to_make_the_copies(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo = make_photo()
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [photo.file.name, 1200]
    with django_capture_on_commit_callbacks(execute=True):
        photo.caption = "New words"
        photo.save()
    assert DBTaskResult.objects.count() == 1


def test_a_reader_who_is_faster_than_the_worker_gets_the_copy_made_at_once(client):
    photo = make_photo()
    for ending, kind in renditions.TYPES.items():
        if ending == "png":
            continue
        address = f"/media/{photo.file.name}-480-2.{ending}"
        assert address in str(picture(photo, "100vw"))
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == kind
        assert "immutable" in response["Cache-Control"]
        assert Image.open(io.BytesIO(response.getvalue())).width == 480
    assert len(stored()) == 4


@pytest.mark.parametrize(
    "change",
    [
        ("-480-2.avif", "-481-2.avif"),
        ("-480-2.avif", "-0-2.avif"),
        ("-480-2.avif", "-1280-2.avif"),
        ("-480-2.avif", "-0480-2.avif"),
        ("-480-2.avif", "-480-02.avif"),
        ("-480-2.avif", "-480-002.avif"),
        ("-480-2.avif", "-480-3.avif"),
        ("-480-2.avif", "-480-0.avif"),
        ("-480-2.avif", "-480-2.png"),
        ("-480-2.avif", "-480-2.gif"),
        ("-480-2.avif", "-480-2.avif/"),
        ("-480-2.avif", "-٤٨٠-2.avif"),
        ("photos/", "photos/../photos/"),
        ("photos/", "photos/0"),
        (".jpg-", ".png-"),
    ],
)
def test_no_other_copy_can_be_had_for_the_asking(client, change):
    photo = make_photo()
    address = f"/media/{photo.file.name}-480-2.avif".replace(*change)
    assert client.get(address).status_code == 404
    assert stored() == {photo.file.name}


def test_nothing_is_encoded_for_a_copy_that_stands_there_or_is_spelt_otherwise(monkeypatch):
    photo = make_photo()
    wanted = renditions.Rendition(photo.file.name, 480, "webp")
    made = []
    encoded = photos.encoded
    monkeypatch.setattr(photos, "encoded", lambda *given: made.append(given) or encoded(*given))
    for spelling in ("-0480-2.webp", "-480-002.webp"):
        assert not renditions.make_named(f"{photo.file.name}{spelling}")
    assert not made
    assert renditions.make_named(wanted.name)
    assert len(made) == 1
    assert renditions.make_named(wanted.name)
    renditions._write(Image.new("RGB", (1200, 800)), wanted)
    assert len(made) == 1


@given(st.text(max_size=60))
def test_any_other_name_makes_nothing(name):
    assert renditions.make_named(name) is False
    assert renditions.make_named(f"photos/{name}") is False


def test_a_copy_that_stands_there_is_never_written_again():
    photo = make_photo()
    name = photo.plain_renditions[0].name
    default_storage.save(name, io.BytesIO(b"as it was"))
    renditions.make(photo.file.name, photo.width)
    assert default_storage.open(name).read() == b"as it was"


def test_a_deleted_photo_takes_its_files_along_unless_another_has_the_same(
    django_capture_on_commit_callbacks,
):
    one, same, other = make_photo(), make_photo(), make_photo(make_upload(colour="tomato"))
    for photo in (one, other):
        renditions.make(photo.file.name, photo.width)
    with django_capture_on_commit_callbacks(execute=True):
        one.delete()
    assert len(stored()) == 32
    with django_capture_on_commit_callbacks(execute=True):
        same.delete()
    assert len(stored()) == 16
    assert all(name.startswith(other.file.name) for name in stored())


def test_lists_offer_no_copy_that_is_wider_than_they_show():
    photo = make_photo(make_upload(size=(2000, 1000)))
    html = str(picture(photo, "8rem", most=640))
    assert "640w" in html
    assert "960w" not in html
    small = make_photo(make_upload(size=(900, 500)))
    assert "900w" in str(picture(small, "8rem"))


def test_the_alt_text_of_a_picture_can_not_leave_its_attribute():
    photo = make_photo(alt_text='"><script>alert(1)</script>', caption="")
    assert "<script>" not in picture(photo, "100vw")
    assert 'alt="&quot;&gt;&lt;script&gt;' in picture(photo, "100vw")


@pytest.mark.parametrize(
    ("point", "classes"),
    [((50, 50), ""), ((0, 100), "focus-x0 focus-y10"), ((33, 50), "focus-x3 focus-y5")],
)
def test_a_crop_is_told_where_the_focal_point_is(point, classes):
    photo = make_photo(focal_x=point[0], focal_y=point[1])
    assert photo.focus == classes
    assert (f' class="{classes}"' in picture(photo, "100vw")) == bool(classes)


def test_a_photo_of_news_costs_at_most_40_kb_at_640_pixels():
    # Noise over soft shapes: more detail than nearly every press photo has.
    image = Image.effect_noise((1600, 1067), 22).convert("RGB").resize((2400, 1600))
    draw = ImageDraw.Draw(image)
    for step in range(40):
        draw.ellipse(
            (step * 55, step * 35, step * 55 + 300, step * 35 + 260), fill=(step * 6, 90, 140)
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    photo = make_photo(SimpleUploadedFile("press.jpg", out.getvalue()))
    renditions.make(photo.file.name, photo.width)
    sizes = {
        ending: default_storage.size(renditions.Rendition(photo.file.name, 640, ending).name)
        for ending in ("avif", "webp", "jpg")
    }
    assert sizes["avif"] < sizes["jpg"]
    assert max(sizes["avif"], sizes["webp"]) < 40 * 1024, sizes
    assert Photo.objects.get().width == 2400


def test_a_narrow_copy_that_would_be_heavy_is_compressed_more_and_a_wide_one_is_not(monkeypatch):
    asked = []

    def encoded(image, ending, quality):
        asked.append((image.width, ending, quality))
        return b"x" * (quality * 1024)

    monkeypatch.setattr(photos, "encoded", encoded)
    small, wide = Image.new("RGB", (640, 400)), Image.new("RGB", (960, 600))
    assert len(renditions._light(small, "jpg", 75)) <= renditions.MOST_BYTES
    assert asked == [(640, "jpg", quality) for quality in (75, 67, 59, 51, 43, 35)]
    asked.clear()
    assert len(renditions._light(wide, "jpg", 75)) == 75 * 1024
    assert len(renditions._light(small, "png", 0)) == 0
    assert len(asked) == 2


def test_copies_of_earlier_recipes_go_with_their_photo():
    photo = make_photo()
    old = f"{photo.file.name}-640-1.jpg"
    storing.put(old, b"what an earlier version made")
    renditions.remove(photo.file.name, photo.width)
    assert stored() == set()


def test_a_copy_is_weighed_without_being_made():
    photo = make_photo()
    copy = photo.plain_rendition
    assert renditions.weight(copy) is None
    assert stored() == {photo.file.name}
    assert renditions.make_named(copy.name)
    assert renditions.weight(copy) == photo.file.storage.size(copy.name)
