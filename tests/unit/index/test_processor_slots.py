"""Slots of processors: how many compute at once, in what order, and what a cancelled one leaves behind."""

import threading
import time

import pytest

from index.processor_budget import ProcessorBudget, WorkCancelled, processor_budget
from index.processor_slots import ProcessorSlots, processors


def waiting(slots, number):
    deadline = time.monotonic() + 10
    while len(slots._waiting) < number:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_there_are_as_many_as_processors():
    assert processors() >= 1


def test_no_more_threads_than_slots_are_within_and_all_come_to_it():
    slots, within, most = ProcessorSlots(2), [], []

    def work():
        with slots.slot():
            within.append(1)
            most.append(len(within))
            time.sleep(0.002)
            within.pop()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(most) == 20
    assert max(most) <= 2


def test_who_waited_longest_comes_first_though_the_holder_asks_again_at_once():
    slots, order = ProcessorSlots(1), []

    def work(name):
        with slots.slot():
            order.append(name)

    threads = []
    with slots.slot():
        for number in range(5):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            waiting(slots, number + 1)
    work("again")
    for thread in threads:
        thread.join(10)
    assert order == [0, 1, 2, 3, 4, "again"]


def test_a_cancelled_request_stops_waiting_and_takes_no_slot_with_it():
    slots, budget, ended = ProcessorSlots(1), ProcessorBudget(10), []

    def work():
        with processor_budget(budget), pytest.raises(WorkCancelled), slots.slot():
            raise AssertionError("it was cancelled before its turn")
        ended.append(True)

    with slots.slot():
        thread = threading.Thread(target=work)
        thread.start()
        waiting(slots, 1)
        budget.cancelled.set()
        thread.join(10)
    assert ended == [True]
    with slots.slot():
        pass


def test_an_error_within_frees_the_slot():
    slots = ProcessorSlots(1)
    with pytest.raises(ZeroDivisionError), slots.slot():
        raise ZeroDivisionError
    with slots.slot():
        pass


def test_work_in_the_background_waits_while_a_request_is_under_way_and_a_moment_after():
    slots, waited = ProcessorSlots(2), []

    def background():
        began = time.monotonic()
        slots.wait_until_idle(10)
        waited.append(time.monotonic() - began)

    thread = threading.Thread(target=background)
    with slots.request():
        thread.start()
        time.sleep(0.2)
        assert not waited
    thread.join(10)
    assert 0.2 < waited[0] < 5


def test_work_in_the_background_goes_on_beside_constant_requests_and_without_any():
    slots = ProcessorSlots(1)
    began = time.monotonic()
    with slots.request():
        slots.wait_until_idle(0.1)
    assert 0.1 <= time.monotonic() - began < 5
    began = time.monotonic()
    ProcessorSlots(1).wait_until_idle(60)
    assert time.monotonic() - began < 5


def test_a_request_that_fails_is_over():
    slots = ProcessorSlots(1)
    with pytest.raises(ZeroDivisionError), slots.request():
        raise ZeroDivisionError
    began = time.monotonic()
    slots.wait_until_idle(60)
    assert time.monotonic() - began < 5
