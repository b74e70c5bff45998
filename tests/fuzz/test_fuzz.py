"""The reader has an answer to any bytes. `python -m tests.fuzz` goes on for as long as one likes."""

import random

import pytest

from tests.fuzz.target import CORPUS, check, corpus, mutated, rounds
from tests.support.sweep import FACTOR, SEED, sweep


def test_there_is_a_corpus_and_mutations_differ_from_it():
    files = corpus()
    assert len(list(CORPUS.iterdir())) >= 6
    assert len(files) > 40
    chance = random.Random(1)
    assert sum(mutated(data, files, chance) != data for data in files) > len(files) * 0.9
    assert list(rounds(5, 7)) == list(rounds(5, 7))


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_has_been_hard_before(path):
    check(path.read_bytes())


@sweep
def test_the_reader_has_an_answer_to_whatever_is_a_little_wrong():
    for data in rounds(300 * FACTOR, seed=SEED):
        check(data)
