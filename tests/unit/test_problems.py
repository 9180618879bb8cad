"""Each error that a request may end with has a problem, also those that a part of the program made of a known one."""

from app.domain.core.errors import RefrainError, StoreUnavailable
from app.store.write_turns import TooManyWriters
from app.web.problems import problem_of


def test_an_error_made_of_a_known_one_is_answered_as_that():
    class Slower(StoreUnavailable):
        """Made here."""

    for error in (TooManyWriters(), Slower("too much is being written", 1)):
        problem = problem_of(error)
        assert (problem.status, problem.type) == (503, "/problems/database-unavailable")
        assert problem.detail.startswith("too much is being written")


def test_an_error_of_no_known_kind_is_one_of_ours_and_tells_nothing():
    class Unheard(RefrainError):
        """Made here."""

    problem = problem_of(Unheard("a secret of the inside"))
    assert problem.status == 500
    assert "secret" not in problem.detail
