"""kill -9 at any moment of a training loses nothing but the epoch it was in, from Python and from R."""

import random
import shutil

import pytest
import trainings

KILLS_PER_RUN = 4


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("language", ["Python", "R"])
def test_a_training_that_is_killed_ends_as_if_it_had_not_been(language, request, tmp_path):
    kills = request.config.getoption("--kills") // 2
    seed = request.config.getoption("--seed") or random.SystemRandom().randrange(10**6)
    moments = random.Random(seed)
    expected = tmp_path / "expected"
    expected.mkdir()
    duration = trainings.run(language, expected)
    killed = runs = 0
    known = set()
    unequal = []
    while killed < kills:
        place = tmp_path / f"run-{runs}"
        place.mkdir()
        for _ in range(min(KILLS_PER_RUN, kills - killed)):
            # a part of the time, so that several kills come before the end of one run
            was_killed = trainings.kill(language, place, moments.uniform(0, duration) * moments.choice([0.1, 0.4, 1]))
            killed += was_killed
            trainings.check_files(place, known)
            if not was_killed:
                break
        if not (place / "result.json").exists():
            trainings.run(language, place)
        runs += 1
        unequal += trainings.differences(place, expected)
        if not unequal:
            shutil.rmtree(place)
    print(
        f"{language}: {killed} kills in {runs} trainings of {duration:.1f} s (seed {seed}): "
        f"{len(known)} checkpoints loaded, {len(unequal)} differences"
    )
    assert not unequal
