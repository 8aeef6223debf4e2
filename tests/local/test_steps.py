"""Work is repeated when what it depends on has changed, and not otherwise."""

import sys

import pytest

from local import steps
from local.steps import StepError, done, fingerprint, once, run


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOCAL", tmp_path / ".local")
    return tmp_path


def test_a_fingerprint_follows_contents_and_names(root):
    source = root / "source"
    source.mkdir()
    (source / "a").write_text("1")
    first = fingerprint([source])

    (source / "a").write_text("2")
    changed = fingerprint([source])
    (source / "a").rename(source / "b")
    renamed = fingerprint([source])

    assert len({first, changed, renamed}) == 3


def test_a_fingerprint_ignores_what_is_generated(root):
    source = root / "source"
    (source / "node_modules").mkdir(parents=True)
    (source / "a").write_text("1")
    before = fingerprint([source])

    (source / "node_modules" / "x").write_text("1")

    assert fingerprint([source]) == before
    assert fingerprint([source], "another port") != before


def test_work_is_due_until_it_is_done_and_its_result_is_there(root):
    stamp, result = root / "stamps" / "x", root / "result"
    assert once(stamp, "key", made=result)

    done(stamp, "key")
    assert once(stamp, "key", made=result)

    result.write_text("")
    assert not once(stamp, "key", made=result)
    assert once(stamp, "other key", made=result)


def test_a_failed_program_is_shown_with_its_output_and_a_hint(root):
    with pytest.raises(StepError) as failed:
        run([sys.executable, "-c", "print('no route'); exit(3)"], cwd=root, hint="Is there a network?")

    assert "failed with 3" in str(failed.value)
    assert "no route" in str(failed.value)
    assert str(failed.value).endswith("Is there a network?")
