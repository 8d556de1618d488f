"""The page: self-contained, in order, accessible in structure, and deaf to hostile strings."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser

import pytest

from longroad import dossier
from longroad.base.errors import RunError
from longroad.dossier.page import json_text

VOID = {"meta", "img", "br", "input", "link", "hr"}
FETCHING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}


class Page(HTMLParser):
    """Collects elements with their attributes, their text and their place."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.stack: list[str] = []
        self.errors: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.stack or self.stack[-1] != tag:
            self.errors.append(f"</{tag}> closes {self.stack[-1:]}")
            return
        self.stack.pop()

    def handle_data(self, data):
        for tag in set(self.stack):
            self.texts[tag][-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def parsed(page):
    return Page(page.read_text(encoding="utf-8"))


def test_every_element_closes(parsed):
    assert parsed.errors == []
    assert parsed.stack == []


def test_nothing_is_fetched(parsed, page):
    for tag, attributes in parsed.elements:
        for name, value in attributes.items():
            assert name not in FETCHING, (tag, name, value)
            if name in {"href", "xlink:href"} and tag != "a":
                assert value.startswith("#"), (tag, value)
            assert not name.startswith("on"), (tag, name)
    assert not parsed.all("link")
    text = page.read_text(encoding="utf-8")
    style = text[text.index("<style>") : text.index("</style>")]
    assert set(re.findall(r"url\(([a-z]+:)", style)) == {"data:"}
    assert "@import" not in style


def test_links_to_sources_are_plain_web_addresses(parsed):
    outward = [a["href"] for a in parsed.all("a") if not a["href"].startswith("#")]
    assert outward
    assert all(href.startswith(("http://", "https://")) for href in outward)


def test_links_within_the_page_lead_somewhere(parsed):
    ids = {attributes["id"] for _, attributes in parsed.elements if "id" in attributes}
    for tag, attributes in parsed.elements:
        href = attributes.get("href", "")
        if href.startswith("#"):
            assert href[1:] in ids, (tag, href)
        for name in ("aria-labelledby", "fill", "clip-path", "stroke"):
            for id in re.findall(r"url\(#([^)]+)\)", attributes.get(name, "")):
                assert id in ids, (tag, name, id)
        for id in attributes.get("aria-labelledby", "").split():
            assert id in ids, (tag, id)


def test_ids_are_unique(parsed):
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_headings_descend_one_step_at_a_time(parsed):
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_every_drawing_has_words_or_is_decoration(parsed):
    drawings = parsed.all("svg")
    assert len(drawings) > 9
    named = [a for a in drawings if a.get("role") == "img"]
    assert len(named) >= 9 + 1 + 3  # small maps, large map, timeline, two charts
    for attributes in drawings:
        if attributes.get("role") == "img":
            assert attributes["aria-labelledby"]
        else:
            assert attributes.get("aria-hidden") == "true", attributes
    titles = [words.strip() for words in parsed.texts["title"]]
    assert all(titles)
    assert all(words.strip() for words in parsed.texts["desc"])


def test_tables_have_headers_with_scope(parsed):
    assert all("scope" in attributes for attributes in parsed.all("th"))


def test_security_policy_names_the_scripts_of_the_page(page, parsed):
    text = page.read_text(encoding="utf-8")
    policy = next(
        a["content"] for a in parsed.all("meta") if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "connect-src" not in policy  # falls back to 'none'
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 1  # all of the page's own as one
    assert "unsafe-eval" not in policy
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_answer_stands_before_everything_else(parsed, page, run):
    text = page.read_text(encoding="utf-8")
    assert text.index("<h1") < text.index('class="lead"') < text.index('id="maps"')
    lead = next(w for w in parsed.texts["p"] if "can be engaged" in w)
    assert re.search(r"\d+% \(\d+(\.\d)?–\d+(\.\d)?%\)", lead)
    assert "Phase III (2018)" in lead
    assert "Provisional" in parsed.texts["strong"][0]


def test_words_of_the_design(page):
    text = page.read_text(encoding="utf-8")
    visible = re.sub(r"<(script|style|svg)\b.*?</\1>", "", text, flags=re.DOTALL).lower()
    assert "defended" not in visible
    assert "upper bound" in visible
    assert "no misses, no decoys" in visible


def test_same_run_same_bytes(run, page, tmp_path):
    again = dossier.write_dossier(run, tmp_path / "again.html")
    assert again.read_bytes() == page.read_bytes()


def test_hostile_strings_stay_text(evil_page):
    text = evil_page.read_text(encoding="utf-8")
    parsed = Page(text)
    assert parsed.errors == []
    assert not parsed.all("img")
    assert all(not name.startswith("on") for _, a in parsed.elements for name in a)
    assert "<script>window.evil" not in text
    assert "49" not in parsed.texts["h1"][0]
    assert "<script>window.evil=1</script>" in parsed.texts["h1"][0]
    assert len(parsed.all("script")) == 3


def test_json_in_the_page_cannot_end_its_script():
    value = {"a": "</script><!-- & \u2028 é"}
    written = json_text(value)
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == value
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"a": float("nan")})


def test_a_source_address_that_is_no_web_address_is_no_link(fake, tmp_path):
    from dataclasses import replace

    run = fake.fake_run(draws=2, countries=("ROU",))
    source = replace(run.manifest.sources[0], url="javascript:alert(1)")
    manifest = replace(run.manifest, sources=(source, *run.manifest.sources[1:]))
    page = dossier.write_dossier(replace(run, manifest=manifest), tmp_path / "d.html")
    parsed = Page(page.read_text(encoding="utf-8"))
    assert all("javascript" not in a.get("href", "") for a in parsed.all("a"))
    assert any("javascript:alert(1)" in words for words in parsed.texts["span"])


def test_generic_naming_hides_names(fake, tmp_path):
    from dataclasses import replace

    run = fake.fake_run(draws=2, countries=("ROU",))
    run = replace(run, manifest=replace(run.manifest, naming="generic"))
    text = dossier.write_dossier(run, tmp_path / "d.html").read_text(encoding="utf-8")
    assert "1,300 km missile" in text
    assert "Shahab-3 class" not in text
    assert "Western Iran" not in text


def test_one_variant_without_draws(fake, tmp_path):
    from dataclasses import replace

    run = fake.fake_run(draws=2, countries=("ROU",))
    manifest = replace(run.manifest, variants=run.manifest.variants[-1:], draws=0, claims=())
    outcomes = run.table("outcomes")
    keep = (outcomes["draw"] < 0) & (outcomes["assumptions"] == "adopted")
    few = fake.Table({name: outcomes[name][keep] for name in outcomes.names})
    run = replace(run, manifest=manifest, tables={**run.tables, "outcomes": few})
    text = dossier.write_dossier(run, tmp_path / "d.html").read_text(encoding="utf-8")
    parsed = Page(text)
    assert parsed.errors == []
    assert "no intervals" in text
    assert "Phase I (2011)" not in text
    assert 'id="claims"' not in text


def test_two_parties_stand_side_by_side(fake, tmp_path):
    from dataclasses import replace

    import numpy as np

    run = fake.fake_run(draws=2, countries=("ROU",))
    tables = dict(run.tables)
    for name in ("coverage", "outcomes", "windows"):
        table = run.table(name)
        doubled = {column: np.concatenate([table[column]] * 2) for column in table.names}
        doubled["party"] = np.repeat(np.array(["nato", "other"], object), len(table))
        tables[name] = fake.Table(doubled)
    variants = tuple(
        replace(v, parties=(*v.parties, replace(v.parties[0], id="other", name="The other")))
        for v in run.manifest.variants
    )
    both = replace(run, tables=tables, manifest=replace(run.manifest, variants=variants))
    parsed = Page(dossier.write_dossier(both, tmp_path / "d.html").read_text(encoding="utf-8"))
    assert parsed.errors == []
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [a.get("class") for a in parsed.all("table")].count("key") == 2
    parties = [a["value"] for a in parsed.all("input") if a["name"] == "live-party"]
    assert parties == ["nato", "other"]
    assert "phases-other" in dossier.figure_names(both)


def test_a_run_without_coverage_is_refused(fake, tmp_path):
    from dataclasses import replace

    run = fake.fake_run(draws=2, countries=("ROU",))
    coverage = run.table("coverage")
    none = fake.Table({name: coverage[name][:0] for name in coverage.names})
    empty = replace(run, tables={**run.tables, "coverage": none})
    with pytest.raises(RunError, match="no coverage"):
        dossier.write_dossier(empty, tmp_path / "d.html")
    assert not (tmp_path / "d.html").exists()


def test_figures_by_name(run):
    names = dossier.figure_names(run)
    assert "timeline" in names
    assert "map-phase-3-mrbm-2000" in names
    assert dossier.figure(run, "phases").startswith(b"<svg")
    assert dossier.figure(run, "timeline", "png")[:4] == b"\x89PNG"
    with pytest.raises(RunError, match="did you mean 'timeline'"):
        dossier.figure(run, "timelime")
