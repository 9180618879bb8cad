"""When a delivery is tried again, what signs it, and what it says."""

import base64
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.webhooks.webhooks import (
    BOTH_SECRETS_FOR,
    MOST_ATTEMPTS,
    Attempt,
    Event,
    SigningSecrets,
    cloud_event,
    new_webhook_secret,
    retry_delay_s,
)

NOW = datetime(2021, 5, 23, 12, tzinfo=UTC)


def test_retry_delays_grow_fourfold_up_to_a_day_and_end_after_three_days():
    waits = [retry_delay_s(tries, 0.5) for tries in range(1, MOST_ATTEMPTS)]
    assert waits[:5] == [5, 20, 80, 320, 1_280]
    assert all(later >= earlier for earlier, later in itertools.pairwise(waits))
    assert max(waits) == timedelta(days=1).total_seconds()
    assert timedelta(days=3) < timedelta(seconds=sum(waits)) < timedelta(days=4)
    assert retry_delay_s(MOST_ATTEMPTS, 0.5) is None


@pytest.mark.parametrize("tries", range(1, MOST_ATTEMPTS))
def test_jitter_spreads_a_delay_by_a_fifth(tries):
    middle = retry_delay_s(tries, 0.5)
    assert retry_delay_s(tries, 0) == pytest.approx(0.8 * middle)
    assert retry_delay_s(tries, 1) == pytest.approx(1.2 * middle)


def test_a_secret_is_256_random_bits_as_standard_webhooks_writes_them():
    one, other = new_webhook_secret(), new_webhook_secret()
    assert one != other
    assert len(base64.b64decode(one.removeprefix("whsec_"), validate=True)) == 32


def test_the_old_secret_signs_for_a_day_after_a_rotation():
    turned = SigningSecrets("first").rotated("second", NOW)
    assert turned.valid_at(NOW) == ("second", "first")
    assert turned.valid_at(NOW + BOTH_SECRETS_FOR - timedelta(seconds=1)) == ("second", "first")
    assert turned.valid_at(NOW + BOTH_SECRETS_FOR) == ("second",)
    assert SigningSecrets("first").valid_at(NOW) == ("first",)


def test_secrets_are_hidden_in_repr():
    assert "whsec" not in repr(SigningSecrets("whsec_one", "whsec_two", NOW))


@pytest.mark.parametrize(
    ("status", "succeeded"), [(200, True), (204, True), (299, True), (301, False), (410, False), (500, False)]
)
def test_only_2xx_is_a_success(status, succeeded):
    assert Attempt(NOW, status).succeeded is succeeded
    assert not Attempt(NOW, None, "no answer").succeeded


def test_an_event_is_a_cloud_event_of_version_1():
    event = Event("id-1", "flag.created", "check-1", NOW, {"check_id": "check-1"})
    assert cloud_event(event, "urn:uuid:archive") == {
        "specversion": "1.0",
        "id": "id-1",
        "source": "urn:uuid:archive",
        "type": "flag.created",
        "subject": "check-1",
        "time": "2021-05-23T12:00:00Z",
        "datacontenttype": "application/json",
        "data": {"check_id": "check-1"},
    }
