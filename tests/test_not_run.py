"""What a run says of the tests it left out."""

import pytest

TWO_WITHOUT_NPM = """
    import pytest
    from tests.not_run import not_run

    @pytest.fixture
    def client():
        not_run("matrix-js-sdk", "npm is missing")

    def test_reads(client): pass
    def test_writes(client): pass
"""


def test_what_was_not_run_stands_before_the_count(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TWO_WITHOUT_NPM)
    run = pytester.runpytest_subprocess("-p", "tests.not_run", "-rs")
    assert run.outlines[-2] == "matrix-js-sdk: npm is missing (2 tests)"
    run.assert_outcomes(skipped=2)


def test_a_whole_run_says_nothing_of_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_adds(): assert 1 + 1 == 2")
    run = pytester.runpytest_subprocess("-p", "tests.not_run")
    run.stdout.no_fnmatch_line("*not run*")
