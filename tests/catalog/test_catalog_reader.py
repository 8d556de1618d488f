"""Broken data files: always a CatalogError with file, line and field."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longroad.base.errors import CatalogError
from longroad.catalog.catalog import DATA, load_catalog
from longroad.catalog.fields import FILES

NAMES = sorted(name for names in FILES.values() for name in names)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def fault_of(folder):
    with pytest.raises(CatalogError) as caught:
        load_catalog.__wrapped__(folder)
    assert caught.value.file is not None
    assert str(caught.value).isprintable()
    return caught.value


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return line


def test_the_shipped_data_load(folder):
    copy, shipped = load_catalog.__wrapped__(folder), load_catalog()
    assert [e.id for e in copy.entries("site")] == [e.id for e in shipped.entries("site")]


def test_it_is_read_once_in_a_process():
    assert load_catalog() is load_catalog()


# (file, written, instead, word of the message, end of the field)
EDITS = [
    ("sites-europe.yaml", "36.65 deg", "36.65", "no unit", "rota.quantities.latitude.best"),
    ("sites-europe.yaml", "36.65 deg", "36.65 km", "length", "rota.quantities.latitude.best"),
    ("sites-europe.yaml", "36.65 deg", "96.65 deg", "out of bounds", "rota.quantities.latitude"),
    ("sites-europe.yaml", "-6.34 deg", "-186.34 deg", "out of bounds", "rota.quantities.longitude"),
    ("sites-europe.yaml", "36.65 deg", ".nan", "finite", "rota.quantities.latitude.best"),
    ("sites-europe.yaml", "36.65 deg", ".inf", "finite", "rota.quantities.latitude.best"),
    ("sites-europe.yaml", "kind: port", "kind: prot", "prot", "rota.facts.kind"),
    ("sensors-us.yaml", "type: radar", "type: rader", "rader", "an-tpy-2-forward.facts.type"),
    ("sensors-us.yaml", "status: reported", "status: reprted", "reprted", "disputed[1].status"),
    ("sensors-us.yaml", "adopted: nrc-2012", "adopted: nrc-2013", "nrc-2013", "range.adopted"),
    (
        "sensors-us.yaml",
        "claim: lewis-postol-2012",
        "claim: uscc-2016",
        "told apart",
        "reference_range",
    ),
    ("interceptors-us.yaml", "high: 3.5 km/s", "high: 2.5 km/s", "order", "burnout_speed"),
    ("interceptors-us.yaml", "high: 3.5 km/s", "hihg: 3.5 km/s", "hihg", "burnout_speed.hihg"),
    ("interceptors-us.yaml", "low: 50 s", "low: 60 s", "too narrow", "burn_time"),
    ("interceptors-us.yaml", "burn_time:", "burntime:", "burntime", "sm3-ia.quantities.burntime"),
    ("interceptors-us.yaml", "name: SM-3 Block IA", "nam: SM-3", "'nam'", "sm3-ia.nam"),
    ("interceptors-us.yaml", "sm3-ib:", "SM3_IB:", "slug", "SM3_IB"),
    ("defaults.yaml", "link:", "lnik:", "lnik", "lnik"),
    (
        "missiles-considered.yaml",
        "role: considered",
        "role: considerd",
        "considerd",
        "qiam.facts.role",
    ),
    ("sources-studies.yaml", "url: http://cbo", "url: ftp://cbo", "address", "cbo-2009.url"),
    ("sources-studies.yaml", "  mark: seen", "  mark: sene", "sene", "cbo-2009.mark"),
]


@pytest.mark.parametrize(("name", "old", "new", "word", "field"), EDITS)
def test_an_edit_that_breaks(folder, name, old, new, word, field):
    line = edit(folder, name, old, new)
    fault = fault_of(folder)
    assert word in str(fault)
    assert fault.file.endswith(name)
    assert fault.field.endswith(field)
    # The fault is reported at the edit, or at the head of the quantity around it.
    assert line - 20 < fault.line <= line


def test_exact_lines(folder):
    line = edit(folder, "sites-europe.yaml", "kind: port", "kind: prot")
    assert fault_of(folder).line == line
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    line = edit(folder, "interceptors-us.yaml", "high: 3.5 km/s", "hihg: 3.5 km/s")
    assert fault_of(folder).line == line


def test_an_unknown_source_suggests_the_nearest(folder):
    edit(folder, "sites-europe.yaml", "source: nato-rota-2014", "source: nato-rota-2015")
    fault = fault_of(folder)
    assert fault.nearest == "nato-rota-2014"
    assert fault.field == "rota.source"


def test_an_unknown_source_of_a_number(folder):
    line = edit(
        folder, "missiles-considered.yaml", "      source: act-2000", "      source: atc-2000"
    )
    fault = fault_of(folder)
    assert fault.field == "shahab-3.quantities.maximum_range"
    assert line - 4 < fault.line <= line


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\1\2",
        b"\xff\xfe",
        b"- a\n- b\n",
        b"a: [",
        b"a: !!python/x {}\n",
        b"7",
        b"1: a",
    ],
)
def test_a_file_that_is_no_catalogue(folder, name, content):
    (folder / name).write_bytes(content)
    assert fault_of(folder).file.endswith(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_and_a_truncated_one(folder, name):
    whole = (folder / name).read_bytes()
    word = b"best:" if b"best:" in whole else b"title:"
    end = whole.rindex(word, 0, len(whole) * 2 // 3) + len(word)
    (folder / name).write_bytes(whole[:end])
    assert fault_of(folder).file is not None
    (folder / name).unlink()
    assert fault_of(folder).file.endswith(name)


def test_an_id_twice(folder):
    text = (folder / "missiles-considered.yaml").read_text(encoding="utf-8")
    lines = text.count("\n")
    (folder / "missiles-considered.yaml").write_text(
        text + "\nsejjil: {name: Again}\n", encoding="utf-8"
    )
    fault = fault_of(folder)
    assert fault.line == lines + 2
    assert "sejjil" in str(fault)


def test_an_id_in_two_files_of_a_kind(folder):
    path = folder / "missiles-strategic.yaml"
    text = path.read_text(encoding="utf-8")
    block = (folder / "missiles-considered.yaml").read_text(encoding="utf-8")
    block = block[block.index("qiam:") : block.index("shahab-3:")]
    path.write_text(f"{text}\n{block}", encoding="utf-8")
    fault = fault_of(folder)
    assert fault.file.endswith("missiles-strategic.yaml")
    assert fault.line == text.count("\n") + 2
    assert "qiam" in str(fault)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_damage_is_harmless_or_a_catalog_error(folder, data):
    name = data.draw(st.sampled_from(["missiles-considered.yaml", "defaults.yaml"]))
    whole = (DATA / name).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 40))
    damage = data.draw(st.binary(max_size=12))
    (folder / name).write_bytes(whole[:at] + damage + whole[at + length :])
    try:
        load_catalog.__wrapped__(folder)
    except CatalogError as fault:
        assert fault.file is not None
    (folder / name).write_bytes(whole)
