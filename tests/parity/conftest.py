import pytest


@pytest.fixture(scope="session")
def r():
    """R in this process, with rkeras attached."""
    import embedded_r

    return embedded_r.R()


@pytest.fixture
def parity():
    """Notes for the table in the docs that something was shown of a function."""
    return lambda name, column: None


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
