"""JSON and nothing that only looks like it."""

import pytest

from app.domain.core.strict_json import NotJson, loads


def test_json_is_read():
    assert loads('{"a": ["ж", 1, 2.5, null, true]}'.encode()) == {"a": ["ж", 1, 2.5, None, True]}


def test_a_byte_order_mark_is_no_harm():
    assert loads(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize("raw", [b"NaN", b"[Infinity]", b'{"a": -Infinity}'])
def test_what_is_no_json_number_is_refused(raw):
    with pytest.raises(NotJson, match="is no JSON number"):
        loads(raw)


def test_a_number_too_large_to_hold_is_refused():
    for raw in (b"1e999", b"[-1e999]", b"1" * 5_000):
        with pytest.raises(NotJson):
            loads(raw)


@pytest.mark.parametrize("raw", [b"\xff", '{"a": 1}'.encode("utf-16"), b'"\xc3"', b'"\xed\xa0\x80"'])
def test_what_is_not_utf8_is_refused(raw):
    with pytest.raises(NotJson, match="is not UTF-8"):
        loads(raw)


@pytest.mark.parametrize("raw", [b"", b"{", b"{'a': 1}", b"[1,]", b"a", b'{"a": 1} x'])
def test_what_is_not_json_is_refused_with_the_place(raw):
    with pytest.raises(NotJson, match=r"is not JSON: .* \(character \d+\)"):
        loads(raw)


@pytest.mark.parametrize("depth", [*range(500, 1_000, 20), 100_000])
def test_nesting_that_nobody_writes_is_refused(depth):
    with pytest.raises(NotJson, match="nested too deeply"):
        loads(b"[" * depth + b"]" * depth)
    with pytest.raises(NotJson, match="nested too deeply"):
        loads(b'{"a":' * depth + b"1" + b"}" * depth)


def test_nesting_that_somebody_may_write_is_read():
    assert loads(b"[" * 50 + b"]" * 50)
