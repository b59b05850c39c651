"""What agencies and cameras write into their files reaches the photo's form, and nothing else."""

import io
import struct

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from posts import iptc, renditions
from posts.models import Photo
from tests.factories import make_editor, make_photo, make_user
from tests.posts.test_admin import Form, send_photo

PASHTO = "د کابل سیند پر غاړه ماشومان ښوونځي ته ځي"
PERSIAN = "کودکان در کنار رود کابل به مکتب می‌روند"
URDU = "لاہور میں بارش کے بعد سڑکوں پر پانی کھڑا ہے"
ADD = reverse("admin:posts_photo_add")


def dataset(record, number, value):
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def with_iim(*sets, size=(700, 400)):
    """A JPEG that carries these IIM datasets, as Photoshop writes them."""
    iim = b"".join(dataset(*each) for each in sets)
    resource = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(iim)) + iim
    data = b"Photoshop 3.0\x00" + resource + (b"\x00" if len(iim) % 2 else b"")
    out = io.BytesIO()
    Image.new("RGB", size, "olive").save(out, "JPEG")
    plain = out.getvalue()
    segment = b"\xff\xed" + struct.pack(">H", len(data) + 2) + data
    return SimpleUploadedFile("agency.jpg", plain[:2] + segment + plain[2:])


def xmp(**values):
    def alternatives(name, text, more=""):
        first = f'<rdf:li xml:lang="x-default">{text}</rdf:li>'
        return f"<{name}><rdf:Alt>{more}{first}</rdf:Alt></{name}>"

    parts = []
    if "caption" in values:
        other = '<rdf:li xml:lang="de">Nicht diese</rdf:li>'
        parts.append(alternatives("dc:description", values["caption"], other))
    if "copyright" in values:
        parts.append(alternatives("dc:rights", values["copyright"]))
    if "creators" in values:
        items = "".join(f"<rdf:li>{name}</rdf:li>" for name in values["creators"])
        parts.append(f"<dc:creator><rdf:Seq>{items}</rdf:Seq></dc:creator>")
    if "alt_text" in values:
        parts.append(alternatives("Iptc4xmpCore:AltTextAccessibility", values["alt_text"]))
    credit = f' photoshop:Credit="{values["credit"]}"' if "credit" in values else ""
    city = ' photoshop:City="SecretCity"'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{credit}{city} '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        f"{''.join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def with_xmp(packet, kind="JPEG"):
    out = io.BytesIO()
    image = Image.new("RGB", (700, 400), "olive")
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", packet.decode())
        image.save(out, "PNG", pnginfo=text)
    elif kind == "TIFF":
        image.save(out, "TIFF", tiffinfo={700: packet})
    else:
        image.save(out, kind, xmp=packet)
    return SimpleUploadedFile("agency", out.getvalue())


@pytest.mark.parametrize("text", [PASHTO, PERSIAN, URDU, "Büşra’s café – noon"])
@pytest.mark.parametrize("declared", [b"\x1b%G", None])
def test_a_caption_in_utf_8_is_read_whether_or_not_the_file_says_so(text, declared):
    sets = [(1, 90, declared)] if declared else []
    assert iptc.read(with_iim(*sets, (2, 120, text.encode()))).caption == text


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        ("café – “noon”".encode("cp1252"), None, "café – “noon”"),
        ("كودكان در كنار رود".encode("cp1256"), None, "كودكان در كنار رود"),
        ("پانی کھڑا ہے".encode("cp1256", "ignore"), None, "پان کھڑا ہے"),
        ("سوق المدينة".encode("iso-8859-6"), b"\x1b-G", "سوق المدينة"),
        ("Łódź".encode("iso-8859-2"), b"\x1b-B", "Łódź"),
        (PASHTO.encode("utf-16"), None, PASHTO),
        (PASHTO.encode().decode("cp1252", "ignore").encode(), None, None),
        ("café".encode().decode("latin-1").encode(), None, "café"),
        (PERSIAN.encode().decode("latin-1").encode(), None, PERSIAN),
        # Declared as UTF-8, written as Windows-1252: it happens.
        ("café".encode("cp1252"), b"\x1b%G", "café"),
    ],
)
def test_other_encodings_of_agencies_are_recognised(raw, declared, text):
    sets = [(1, 90, declared)] if declared else []
    found = iptc.read(with_iim(*sets, (2, 120, raw))).caption
    assert found
    if text is not None:
        assert found == text


def test_all_fields_of_iim_are_read_and_several_creators_stay_in_order():
    upload = with_iim(
        (1, 90, b"\x1b%G"),
        (2, 80, b"Ali Khan"),
        (2, 80, "ښکلا".encode()),
        (2, 110, b"AFP"),
        (2, 116, b"(c) AFP 2026"),
        (2, 40, b"Do not name the boy."),
        (2, 90, b"SecretCity"),
        (2, 105, b"Bridge opens"),
        (2, 30, b"20270101"),
        (2, 35, b"120000+0430"),
    )
    said = iptc.read(upload)
    assert (said.creator, said.credit, said.copyright) == ("Ali Khan, ښکلا", "AFP", "(c) AFP 2026")
    assert said.instructions == "Do not name the boy."
    assert said.not_before == "20270101 120000+0430"
    # Without a caption the file's headline is the nearest thing to one.
    assert said.caption == "Bridge opens"
    assert "SecretCity" not in repr(said)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_xmp_is_read_out_of_every_kind_of_file(kind):
    packet = xmp(
        caption=PASHTO, credit="Pajhwok", creators=["A", "B"], copyright="All", alt_text="Boys"
    )
    said = iptc.read(with_xmp(packet, kind))
    assert (said.caption, said.credit, said.creator) == (PASHTO, "Pajhwok", "A, B")
    assert (said.copyright, said.alt_text) == ("All", "Boys")
    assert "SecretCity" not in repr(said)


def test_xmp_is_believed_before_iim():
    out = io.BytesIO()
    Image.open(with_iim((2, 120, b"of IIM"), (2, 110, b"AFP"))).save(out, "JPEG")
    plain = with_iim((2, 120, b"of IIM"), (2, 110, b"AFP")).read()
    packet = b"http://ns.adobe.com/xap/1.0/\x00" + xmp(caption="of XMP")
    segment = b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet
    said = iptc.read(SimpleUploadedFile("x.jpg", plain[:2] + segment + plain[2:]))
    assert (said.caption, said.credit) == ("of XMP", "AFP")


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">&b;</x:xmpmeta>'
)


@pytest.mark.parametrize("packet", [b"<not closed", BOMB, b"\xff\xfe\x00", b"<a/>", b""])
def test_broken_xmp_says_nothing_and_stops_no_photo(packet):
    upload = with_xmp(packet)
    assert iptc.read(upload) == iptc.Said()
    upload.seek(0)


def test_text_that_would_turn_the_page_around_is_taken_out():
    text = "Boys \u202ereversed\u202c\x00 and\r\nhome"
    assert iptc.read(with_iim((2, 120, text.encode()))).caption == "Boys reversed and\nhome"
    # The joiners of Persian and Urdu words stay.
    assert iptc.read(with_iim((2, 120, PERSIAN.encode()))).caption.count("\u200c") == 1


@given(st.binary(max_size=300))
def test_any_bytes_in_a_caption_are_some_text(raw):
    said = iptc.read(with_iim((2, 120, raw), (1, 90, raw[:10]), size=(8, 8)))
    assert not {"\x00", "\x1b", "\u202e", "\r"} & set(said.caption)


@given(st.binary(max_size=400))
def test_any_file_can_be_asked(content):
    assert iptc.read(io.BytesIO(content)) == iptc.Said()


# In the form


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def agency_photo():
    return with_iim(
        (1, 90, b"\x1b%G"),
        (2, 120, PASHTO.encode()),
        (2, 110, b"Pajhwok"),
        (2, 80, b"Ali Khan"),
        (2, 116, b"(c) Pajhwok"),
        (2, 40, b"Not for use in 2026."),
    )


@pytest.mark.django_db
def test_what_the_file_says_arrives_in_the_form_to_be_checked(client, editor):
    response = send_photo(client, agency_photo(), caption="")
    photo = Photo.objects.get()
    assert response["Location"] == reverse("admin:posts_photo_change", args=[photo.pk])
    page = client.get(response["Location"]).text
    assert "Read out of the file, please check: caption, credit, creator" in page
    data = Form(page).data
    assert data["caption"].strip() == PASHTO
    assert (data["credit"], data["creator"], data["copyright"]) == (
        "Pajhwok", "Ali Khan", "(c) Pajhwok",
    )  # fmt: skip
    assert "Not for use in 2026." in data["rights"]
    renditions.make(photo.file.name, photo.width)
    for name in default_storage.listdir("photos")[1]:
        content = default_storage.open(f"photos/{name}").read()
        assert b"Pajhwok" not in content
        assert b"8BIM" not in content


@pytest.mark.django_db
def test_what_the_editor_wrote_is_not_written_over(client, editor):
    send_photo(client, agency_photo(), caption="My words", credit="Mine")
    photo = Photo.objects.get()
    assert (photo.caption, photo.credit, photo.creator) == ("My words", "Mine", "Ali Khan")


@pytest.mark.django_db
def test_a_file_that_says_nothing_leaves_the_form_as_it_was_sent(client, editor):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    response = send_photo(client, SimpleUploadedFile("x.png", out.getvalue()), caption="")
    assert response["Location"] == reverse("admin:posts_photo_changelist")
    assert Photo.objects.get().caption == ""


@pytest.mark.django_db
def test_the_rights_note_and_instructions_are_on_no_readers_page(client, editor):
    from tests.factories import make_post

    send_photo(client, agency_photo(), caption="")
    post = make_post(lead_photo=Photo.objects.get())
    client.logout()
    page = client.get(post.get_absolute_url()).text
    assert PASHTO in page
    assert "Not for use in 2026." not in page


@pytest.mark.django_db
def test_too_long_a_credit_is_cut_to_what_the_field_holds(client, editor):
    send_photo(client, with_iim((2, 110, b"x" * 900)), caption="c")
    assert Photo.objects.get().credit == "x" * 200


@pytest.mark.django_db
def test_a_chosen_file_is_read_before_it_is_sent_whole(client, editor):
    head = SimpleUploadedFile("a.jpg", agency_photo().read()[:900])
    said = client.post(reverse("admin:posts_photo_read"), {"file": head}).json()
    assert said["caption"] == PASHTO
    assert not Photo.objects.exists()
    assert client.post(reverse("admin:posts_photo_read")).json() == {}
    assert client.get(reverse("admin:posts_photo_read")).status_code == 405


@pytest.mark.django_db
def test_nobody_without_the_right_to_add_photos_has_files_read(client):
    client.force_login(make_user("other", is_staff=True))
    head = SimpleUploadedFile("a.jpg", agency_photo().read())
    assert client.post(reverse("admin:posts_photo_read"), {"file": head}).status_code == 403
    client.logout()
    assert client.post(reverse("admin:posts_photo_read")).status_code == 302


# The library


@pytest.mark.django_db
def test_the_library_tells_in_how_many_posts_a_photo_stands(client, editor):
    from tests.factories import make_post

    photo, unused = make_photo(), make_photo(caption="Never shown")
    first = make_post("As the lead", lead_photo=photo)
    make_post("In the body", body=f'<figure><img data-file="{photo.pk}"></figure>')
    address = reverse("admin:posts_photo_changelist")
    text = client.get(address).text
    assert "in 2 posts" in text
    page = client.get(reverse("admin:posts_photo_change", args=[photo.pk])).text
    assert reverse("admin:posts_post_change", args=[first.pk]) in page
    assert "As the lead" in page
    assert "In the body" in page
    assert [
        each.pk for each in client.get(address, {"lacks": "use"}).context["cl"].result_list
    ] == [unused.pk]


@pytest.mark.django_db
def test_photos_that_lack_something_can_be_listed(client, editor):
    good = make_photo(caption="c", credit="AFP", alt_text="a")
    bad = make_photo(caption="", credit="", alt_text="")
    address = reverse("admin:posts_photo_changelist")
    for what in ("alt_text", "credit", "caption"):
        found = client.get(address, {"lacks": what}).context["cl"].result_list
        assert [each.pk for each in found] == [bad.pk], what
    assert len(client.get(address, {"lacks": "nonsense"}).context["cl"].result_list) == 2
    assert good.credit == "AFP"


@pytest.mark.django_db
def test_the_library_is_searched_in_whatever_spelling(client, editor):
    make_photo(caption="كابل ته نږدې یو کلی")
    make_photo(caption="Bazaar")
    for address in (reverse("admin:posts_photo_changelist"), reverse("admin:posts_photo_pick")):
        text = client.get(address, {"q": "کابل"}).text
        assert "نږدې" in text
        assert "Bazaar" not in text


@pytest.mark.django_db
def test_a_replaced_file_leaves_the_storage(client, editor, django_capture_on_commit_callbacks):
    from tests.factories import make_upload

    photo = make_photo()
    old = photo.file.name
    renditions.make(old, photo.width)
    address = reverse("admin:posts_photo_change", args=[photo.pk])
    with django_capture_on_commit_callbacks(execute=True):
        send_photo(client, make_upload(colour="tomato"), address)
    names = default_storage.listdir("photos")[1]
    assert names
    assert not [name for name in names if f"photos/{name}".startswith(old)]
