"""Whose word about a reader's address, scheme and host is taken."""

import ipaddress

import pytest

from gandhara.proxies import BELIEVED, believe


@pytest.fixture
def trusted(settings):
    settings.TRUSTED_PROXIES = [
        ipaddress.ip_network("127.0.0.1"),
        ipaddress.ip_network("10.0.0.0/8"),
        ipaddress.ip_network("fd00::/8"),
    ]


def environ(remote, **headers):
    return {"REMOTE_ADDR": remote} | {
        f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()
    }


def test_nobody_is_believed_by_default(settings):
    assert settings.TRUSTED_PROXIES == []
    made_up = environ(
        "127.0.0.1", **{"for": "203.0.113.9", "proto": "https", "host": "evil.example"}
    )
    believe(made_up)
    assert made_up == {"REMOTE_ADDR": "127.0.0.1", BELIEVED: True}


@pytest.mark.usefixtures("trusted")
def test_a_stranger_is_not_believed_even_when_proxies_are_configured():
    made_up = environ("203.0.113.9", **{"for": "198.51.100.1", "host": "evil.example"})
    believe(made_up)
    assert made_up == {"REMOTE_ADDR": "203.0.113.9", BELIEVED: True}


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("remote", "hops", "client"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1", "127.0.0.1"),
    ],
)
def test_a_trusted_proxy_names_the_nearest_address_that_is_no_proxy(remote, hops, client):
    told = environ(remote, **{"for": hops, "proto": "https"})
    believe(told)
    assert told["REMOTE_ADDR"] == client
    assert told["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.django_db
def test_https_and_host_of_a_stranger_do_not_reach_the_page(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    forged = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert forged.status_code == 301
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    assert client.get("/", headers={"X-Forwarded-Proto": "https"}).status_code == 200
