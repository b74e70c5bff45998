"""The reader handles any bytes; `python -m tests.fuzz` runs without a time limit."""

import random

import pytest

from tests.fuzz.target import CORPUS, check, corpus, mutated, rounds
from tests.support.sweep import FACTOR, SEED, sweep


def test_the_corpus_is_not_empty_and_its_mutations_differ_from_it():
    files = corpus()
    assert len(list(CORPUS.iterdir())) >= 6
    assert len(files) > 40
    chance = random.Random(1)
    assert sum(mutated(data, files, chance) != data for data in files) > len(files) * 0.9
    assert list(rounds(5, 7)) == list(rounds(5, 7))


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_the_reader_handles_every_file_of_the_corpus(path):
    check(path.read_bytes())


@sweep
def test_the_reader_handles_random_mutations():
    for data in rounds(300 * FACTOR, seed=SEED):
        check(data)
