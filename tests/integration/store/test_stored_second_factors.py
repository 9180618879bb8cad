"""Second factors, waiting sign-ins and identities over SQLite and PostgreSQL."""

from datetime import timedelta

from builders import account


def test_a_factor_its_recovery_codes_and_its_waiting_sign_ins_are_kept_and_removed(archive):
    mine, other = account(archive, login="mine"), account(archive, login="other")
    now = archive.sign_in.clock()
    with archive.store.writing() as tx:
        tx.second_factors.begin(mine, "plain:first", now)
        tx.second_factors.begin(mine, "plain:second", now)
        assert tx.accounts.get(mine.id)[0].second_factor is False
        tx.second_factors.confirm(mine, now, ["a" * 64, "b" * 64])
        tx.second_factors.used(mine, 7)
        tx.second_factors.add_pending("t" * 64, mine, now + timedelta(minutes=5))
    with archive.store.writing() as tx:
        factor = tx.second_factors.get(mine)
        assert (factor.secret, factor.last_step, factor.confirmed_at) == ("plain:second", 7, now)
        assert tx.accounts.get(mine.id)[0].second_factor is True
        assert tx.accounts.get(other.id)[0].second_factor is False
        assert tx.second_factors.use_recovery_code(other, "a" * 64) is False
        assert [tx.second_factors.use_recovery_code(mine, "a" * 64) for _ in range(2)] == [True, False]
        assert tx.second_factors.recovery_codes_left(mine) == 1
        assert tx.second_factors.pending("t" * 64, now) == mine.id
        assert tx.second_factors.pending("t" * 64, now + timedelta(minutes=5)) is None
        tx.second_factors.purge_pending(now + timedelta(minutes=6))
        assert tx.second_factors.pending("t" * 64, now) is None
        assert [tx.second_factors.remove(mine) for _ in range(2)] == [True, False]
        assert tx.second_factors.recovery_codes_left(mine) == 0


def test_an_identity_is_of_one_account_by_issuer_and_subject(archive):
    mine = account(archive, login="mine")
    with archive.store.writing() as tx:
        tx.second_factors.link(mine, "https://id.example", "0001", archive.sign_in.clock())
    with archive.store.reading() as tx:
        assert tx.second_factors.account_of_identity("https://id.example", "0001") == mine.id
        assert tx.second_factors.account_of_identity("https://id.example", "0002") is None
        assert tx.second_factors.account_of_identity("https://elsewhere.example", "0001") is None
        assert tx.second_factors.linked(mine, "https://id.example")
        assert not tx.second_factors.linked(mine, "https://elsewhere.example")
