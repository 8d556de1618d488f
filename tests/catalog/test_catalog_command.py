"""`longroad catalog` and `longroad sources` as users meet them, in this process."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import bibtex_reader

from longroad import cli
from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog

CATALOG = load_catalog()


@pytest.fixture
def ask(capsys, monkeypatch):
    """Run a command and return (status, standard output, standard error)."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        status = cli.main(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_an_overview_counts_by_kind_and_status(ask):
    status, out, err = ask("catalog")
    assert (status, err) == (0, "")
    for kind in CATALOG.kinds():
        assert f"\n{kind} " in f"\n{out}"
    assert "unverified" in out


def test_a_kind_is_a_list_with_shares(ask):
    _, out, _ = ask("catalog", "interceptor")
    assert "interceptor/gbi-two-stage" in out
    assert "from memory and unverified" in out


@pytest.mark.parametrize("words", [["sensor", "sbx"], ["sensor/sbx"], ["sensor.sbx"]])
def test_an_entry_is_a_sheet(ask, words):
    status, out, _ = ask("catalog", *words)
    assert status == 0
    assert out.startswith("Sea-based X-band radar (sensor/sbx)\n")
    assert "keeptrack: 4025 km" in out
    assert "Cite as: " in out


@pytest.mark.parametrize("id", [quantity.id for quantity in CATALOG.quantities()][::40])
def test_one_step_leads_from_a_number_to_its_source(ask, id):
    status, out, _ = ask("catalog", id)
    quantity = CATALOG.quantity(id)
    assert status == 0
    assert id in out
    flat = " ".join(out.split())
    for number in quantity.alternatives if isinstance(quantity, Disputed) else [quantity]:
        assert number.written() in flat
        for source in number.sources:
            assert " ".join(CATALOG.source(source).title.split()) in flat
        assert number.reason is None or number.reason in flat


def test_who_says_otherwise(ask):
    _, out, _ = ask("catalog", "--disputed")
    assert "interceptor.gbi-two-stage.burnout_speed" in out
    assert "site.kurecik.latitude" in out
    assert "burn_time" not in out
    _, out, _ = ask("catalog", "site", "rota", "--disputed")
    assert out == "No rival claims are recorded here.\n"
    _, out, _ = ask("catalog", "sensor", "--disputed", "--json")
    document = json.loads(out)
    assert {q["field"] for e in document["entries"] for q in e["quantities"]} == {"reference_range"}
    assert document["shares"]["disputed"] == len(document["entries"])


def test_json_holds_what_was_asked_for(ask):
    document = json.loads(ask("catalog", "sensor.sbx.azimuth_width", "--json")[1])
    ((entry,), kinds) = document["entries"], document["kinds"]
    assert kinds == CATALOG.kinds()
    (number,) = entry["quantities"]
    assert (number["best"], number["unit"], number["field"]) == (25.0, "deg", "azimuth_width")
    assert document["shares"]["published"] == 1


@pytest.mark.parametrize("words", [[], ["missile"], ["missile", "ghadr-1"], ["--disputed"]])
def test_text_csv_and_bibtex_of_any_selection(ask, words):
    _, text, _ = ask("catalog", *words, "--to", "text")
    _, table, _ = ask("catalog", *words, "--to", "csv")
    _, references, _ = ask("catalog", *words, "--to", "bibtex")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows
    named = {id for row in rows for id in row["sources"].split("; ") if id}
    keys = {key for _, key, _ in bibtex_reader.read(references)}
    assert named <= keys
    assert "longroad" in keys
    assert "missile/ghadr-1" in text or "missile.ghadr-1" in text
    if words == ["--disputed"]:
        assert all(row["claim"] for row in rows)


def test_sources_in_every_form(ask):
    _, out, _ = ask("sources", "--to", "bibtex")
    assert len(bibtex_reader.read(out)) == len(CATALOG.sources())
    _, out, _ = ask("sources", "act-2000", "--to", "csv")
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["act-2000"]
    _, out, _ = ask("sources", "act-2000", "--to", "text")
    assert out.startswith("[act-2000] [Iran tests missile], Arms Control Today, 2000-09. https://")
    _, out, _ = ask("sources", "act-2000")
    assert "missile.shahab-3.maximum_range" in out
    _, out, _ = ask("sources")
    assert all(source.id in out for source in CATALOG.sources())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["catalog", "senser"], "'sensor'"),
        (["catalog", "sm3-iia"], "'interceptor/sm3-iia'"),
        (["catalog", "sensor", "kurecik"], "'site/kurecik'"),
        (["catalog", "interceptor.sm3-iia.burn_tme"], "'burn_time'"),
        (["catalog", "missile", "sejil"], "'sejjil'"),
        (["catalog", "--to", "bibtx"], "'bibtex'"),
        (["catalog", "--to", "csv", "--json"], "--json"),
        (["catalog", "nothing-like-it"], "interceptor, sensor"),
        (["sources", "act-200"], "'act-2000'"),
        (["sources", "--to", "xml"], "text, csv, bibtex"),
    ],
)
def test_wrong_use_names_what_there_is(ask, words, said):
    status, out, err = ask(*words)
    assert (status, out) == (2, "")
    assert err.startswith("longroad: ")
    assert err.count("\n") == 1
    assert said in err
