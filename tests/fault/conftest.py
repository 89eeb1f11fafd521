"""How often the trainings are killed, and where."""


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=6, help="how often a training is killed, half of them in R")
    parser.addoption("--seed", type=int, default=None, help="chooses the moments; one is drawn and said if not given")
