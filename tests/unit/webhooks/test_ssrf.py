"""Nothing is sent to an address inside somebody's network, however it is spelt."""

import pytest

from app.domain.webhooks.ssrf import DestinationRefused, destination, refuse_internal

INTERNAL = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001:80e::200e",
          "::ffff:8.8.8.8"]  # fmt: skip


@pytest.mark.parametrize("address", INTERNAL)
def test_an_internal_or_reserved_address_is_refused(address):
    with pytest.raises(DestinationRefused, match="internal or reserved"):
        refuse_internal(address)


@pytest.mark.parametrize("address", INTERNAL)
def test_an_internal_address_is_refused_in_a_url(address):
    host = f"[{address.replace('%', '%25')}]" if ":" in address else address
    with pytest.raises(DestinationRefused, match="internal or reserved"):
        destination(f"https://{host}/hook", [])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_none_of_them(address):
    refuse_internal(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://127.0.1/",
        "https://0x7f.1/", "https://0/", "https://127.0.0.1./", "https://example.org.127/", "https://0x/",
    ],
)  # fmt: skip
def test_an_address_spelt_oddly_is_refused_before_anybody_decodes_it(url):
    with pytest.raises(DestinationRefused):
        destination(url, [])


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org/",
        "https://user@example.org/", "https://user:word@example.org/", "https://example.org@127.0.0.1/",
        "https://example.org/#part", "https://example.org/a b", "https://example.org\\@127.0.0.1/", "https://",
        "https:",
        "https:///path", "https://exämple.org/", "https://①②⑦.0.0.1/", "https://example.org:22/",
        "https://example.org:25/", "https://example.org:0/", "https://example.org:65536/", "https://example.org:x/",
        "https://[::1", "https://exa%6dple.org/", "https://example..org/", "https://" + "a" * 2_000 + ".org/",
        "https://example.org/\r\nHost: other", "",
    ],
)  # fmt: skip
def test_what_is_no_plain_https_address_of_a_host_is_refused(url):
    with pytest.raises(DestinationRefused):
        destination(url, [])


@pytest.mark.parametrize(
    ("url", "host", "port", "secure"),
    [
        ("https://example.org/hook?x=1", "example.org", 443, True),
        ("https://example.org:8443", "example.org", 8443, True),
        ("HTTPS://Example.ORG/", "example.org", 443, True),
        ("https://8.8.8.8/", "8.8.8.8", 443, True),
        ("https://[2606:4700:4700::1111]:443/", "2606:4700:4700::1111", 443, True),
        ("https://xn--exmple-cua.org./", "xn--exmple-cua.org.", 443, True),
    ],
)
def test_other_addresses_are_taken_apart(url, host, port, secure):
    to = destination(url, [])
    assert (to.host, to.port, to.secure, to.named) == (host, port, secure, False)


@pytest.mark.parametrize(
    "url", ["http://hooks.internal/", "http://hooks.internal.:80/", "https://HOOKS.internal:25/", "http://127.0.0.1:9/"]
)
def test_a_host_that_the_operator_named_may_be_anywhere(url):
    assert destination(url, ["Hooks.Internal", "127.0.0.1"]).named


def test_naming_a_host_names_no_other():
    for url in ("http://other.internal/", "http://hooks.internal.example.org/", "http://127.0.0.2/"):
        with pytest.raises(DestinationRefused):
            destination(url, ["hooks.internal", "127.0.0.1"])
