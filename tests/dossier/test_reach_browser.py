"""The reach explorer in a real browser: it says what Python says, and keeps its address."""

from __future__ import annotations

from dataclasses import replace

import fake_reach
import numpy as np
import pytest
from test_browser import Watched

from longroad.dossier import palette
from longroad.dossier.reach_field import ABOVE_KM_S, field
from longroad.dossier.reach_view import changed, opening
from longroad.dossier.reach_words import say, say_more

pytestmark = pytest.mark.browser
READY = "document.documentElement.dataset.reach === 'ready'"
SHOWN = "document.documentElement.dataset.reachView === '#' + {!r}"


class Explorer(Watched):
    """An opened page with the explorer ready."""

    def __init__(self, browser, file, link="", **options):
        super().__init__(browser, file, **options)
        if link:
            self.go(link, wait=False)
            self.page.reload()
        self.until(READY)

    def go(self, link, wait=True):
        self.page.evaluate("link => { location.hash = link; }", link)
        if wait:
            self.until(SHOWN.format(link))

    def said(self):
        return self.page.inner_text("#reach-say")

    def shading(self):
        """How many pixels of the map have a colour of each ramp."""
        return self.page.evaluate(
            """([before, after]) => {
              const map = document.getElementById('reach-map');
              const { width, height } = map;
              const copy = Object.assign(document.createElement('canvas'), { width, height });
              const context = copy.getContext('2d', { willReadFrequently: true });
              context.drawImage(map, 0, 0);
              const { data } = context.getImageData(0, 0, width, height);
              const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
              const off = (k, c) => [0, 1, 2]
                .reduce((sum, i) => sum + Math.abs(data[k + i] - c[i]), 0);
              const near = (k, ramp) => ramp.some((c) => off(k, c) < 45);
              const [early, late] = [before.map(rgb), after.map(rgb)];
              let counts = [0, 0];
              for (let k = 0; k < data.length; k += 4) {
                if (near(k, early)) counts[0] += 1;
                else if (near(k, late)) counts[1] += 1;
              }
              return counts;
            }""",
            [palette.REACH_BEFORE[:5], palette.REACH_AFTER[:5]],
        )


@pytest.fixture
def explorer(browser, page):
    opened = Explorer(browser, page)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def start(material):
    return opening(material.manifest, material.reach, material.sites)


def views(material, start):
    """Views that differ in every control."""
    reach, sites = material.reach, material.sites

    def turn(**asked):
        return changed(start, reach, sites, **asked)

    return [
        start,
        turn(speed_km_s=5.5, part="before-apogee", frame="flights"),
        turn(speed_km_s=6.35, delay_s=130.0, count="every", frame="sites"),
        turn(threat="boats", speed_km_s=8.0, part="after-apogee", frame="world"),
        turn(threat="west/kozelsk/washington", speed_km_s=7.0, here="deveselu", there="baltic"),
        turn(threat="all-rival", speed_km_s=5.0),
        turn(threat="boats,west/*/washington", speed_km_s=5.0, delay_s=60.0),
    ]


def test_no_complaint_and_no_request(explorer, page):
    outward = [url for url in explorer.requests if not url.startswith(("data:", page.as_uri()))]
    assert outward == []
    assert explorer.complaints == []


def test_its_sentences_are_pythons(explorer, material, start):
    for view in views(material, start):
        explorer.go(view.fragment())
        assert explorer.said() == say(material.reach, material.sites, view), view
        more = explorer.page.inner_text("#reach-more")
        assert more == say_more(material.reach, material.sites, view)
    assert explorer.complaints == []


def test_its_fields_are_pythons(explorer, material, start):
    """The least speeds over the whole grid, to what float32 carries."""
    for view in views(material, start):
        explorer.go(view.fragment())
        flights = view.flights(material.reach)
        wanted = field(material.reach, flights, view.delay_s, view.count == "every")
        found = explorer.page.evaluate(
            """() => {
              const { before, after, either } = window.longroadReach.fields();
              return [before, after, either].map((one) => Array.from(one));
            }"""
        )
        for values, name in zip(found, ("before", "after", "either"), strict=True):
            rows = np.array(values).reshape(len(material.reach.grid.latitude_deg), -1)[:, :-1]
            # What the run gives as more than its scale is one number in the page.
            assert np.allclose(rows, np.minimum(getattr(wanted, name), ABOVE_KM_S), atol=1e-4)


def test_the_sliders_move_sentence_and_shading(explorer):
    said, shaded = explorer.said(), explorer.shading()
    speed = explorer.page.locator("input[name=speed]")
    speed.focus()
    for _ in range(30):
        speed.press("ArrowRight")
    explorer.page.wait_for_timeout(300)
    assert "At 6 km/s" in explorer.said() or "At 6.0 km/s" in explorer.said()
    faster = explorer.shading()
    assert faster[0] > shaded[0] + 2000
    assert said != explorer.said()
    delay = explorer.page.locator("input[name=delay]")
    delay.focus()
    for _ in range(10):
        delay.press("ArrowRight")
    explorer.page.wait_for_timeout(300)
    assert "launched 400 s" in explorer.said()
    assert explorer.shading()[0] < faster[0]
    assert explorer.complaints == []


def test_the_part_of_the_flight_changes_the_colours(explorer):
    explorer.page.locator("input[name=speed]").fill("6.3")
    explorer.page.wait_for_timeout(300)
    both = explorer.shading()
    assert min(both) > 1000
    explorer.page.locator("text=Before apogee").first.click()
    explorer.page.wait_for_timeout(300)
    early = explorer.shading()
    assert early[1] < 100
    assert early[0] == pytest.approx(both[0], rel=0.02)
    explorer.page.locator("text=After apogee").first.click()
    explorer.page.wait_for_timeout(300)
    late = explorer.shading()
    assert late[0] < 100
    assert late[1] > both[1]


def test_a_published_speed_sets_the_slider(explorer):
    chip = explorer.page.locator("#reach-published button[value='3.0']").first
    assert "3.0 km/s" in chip.get_attribute("aria-label")
    chip.click()
    explorer.page.wait_for_timeout(200)
    assert explorer.page.input_value("input[name=speed]") == "3"
    assert chip.get_attribute("aria-pressed") == "true"


def test_an_address_restores_its_view(browser, page, material, start):
    view = views(material, start)[4]
    opened = Explorer(browser, page, link=f"{view.fragment()}&pin=70.0,-20.0")
    try:
        assert opened.said() == say(material.reach, material.sites, view)
        values = opened.page.evaluate(
            "() => Object.fromEntries(new FormData(document.querySelector('#reach-explorer form')))"
        )
        assert (values["missiles"], values["from"], values["to"]) == (
            "west",
            "kozelsk",
            "washington",
        )
        assert (values["site"], values["and"]) == ("deveselu", "baltic")
        assert "70.0° N, 20.0° W" in opened.page.inner_text("#reach-read")
        assert "pin=70.0%2C-20.0" in opened.page.evaluate("location.hash")
        assert opened.page.evaluate("window.scrollY") > 500
    finally:
        opened.close()


@pytest.mark.parametrize(
    "link",
    [
        "reach?missiles=none&speed=fast&delay=-3&part=x&map=y&site=z&pin=1",
        "reach?missiles=west,none&speed=99",
        "reach?missiles=all-nobody",
        "reach?",
        "reach?missiles=west&from=kozelsk&to=nowhere&pin=95,0",
        "reach?missiles=%3Cscript%3E",
    ],
)
def test_a_broken_address_does_no_harm(browser, page, material, start, link):
    opened = Explorer(browser, page, link=link)
    try:
        assert opened.said().startswith("At 4.5 km/s, launched 300 s")
        assert opened.complaints == []
    finally:
        opened.close()


def test_without_the_browsers_inflate_it_is_the_same(browser, page, material, start):
    opened = Watched(browser, page)
    try:
        opened.page.add_init_script("delete window.DecompressionStream;")
        opened.page.reload()
        opened.until(READY)
        assert opened.page.evaluate("typeof DecompressionStream") == "undefined"
        assert opened.page.inner_text("#reach-say") == say(material.reach, material.sites, start)
        assert opened.complaints == []
    finally:
        opened.close()


def test_inflate_by_hand_is_the_browsers(explorer):
    """Every packed text of the page, and the three kinds of blocks of RFC 1951."""
    import base64
    import zlib

    noise = np.random.default_rng(2).integers(0, 256, 70_000, dtype=np.uint8).tobytes()
    texts = []
    for raw in (b"", b"a", b"abc" * 5000, noise, bytes(100_000), noise + b"x" * 90_000):
        texts += [base64.b64encode(zlib.compress(raw, level)).decode() for level in (0, 1, 9)]
        fixed = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_FIXED)
        texts.append(base64.b64encode(fixed.compress(raw) + fixed.flush()).decode())
    wrong = explorer.page.evaluate(
        """async (texts) => {
          const { data, inflate, inflateByHand } = window.longroadReach;
          const all = [...texts, ...data.surfaces, data.land.packed, data.sitesPacked];
          let wrong = 0;
          for (const text of all) {
            const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
            const mine = inflateByHand(bytes);
            const theirs = await inflate(text);
            if (mine.length !== theirs.length || !mine.every((v, k) => v === theirs[k])) wrong += 1;
          }
          return wrong;
        }""",
        texts,
    )
    assert wrong == 0


def test_what_is_read_off_a_point_is_the_kernels(explorer):
    """The page's own solution against the run's kernel: 0.03 km/s, 5 s where the speed is sharp.

    The kernel ends its search within 1e-4 of the least in a bracket of seven probes; where a
    flight's longest duration makes the field flat it may sit up to 0.025 km/s above it.
    """
    generator = np.random.default_rng(11)
    pairs = [
        (fake_reach.EAST, fake_reach.WASHINGTON, 0),
        (fake_reach.EAST, fake_reach.LOS_ANGELES, 1),
        (fake_reach.SOUTH, fake_reach.WASHINGTON, 2),
        (fake_reach.SEA, fake_reach.WASHINGTON, 4),
    ]
    compared, wrong = 0, []
    for k in range(48):
        base, end, number = pairs[k % len(pairs)]
        lat = float(np.degrees(np.arcsin(generator.uniform(-0.4, 1.0))))
        lon, delay = float(generator.uniform(-180, 180)), float(generator.uniform(60, 600))
        found = explorer.page.evaluate(
            """([n, lon, lat, delay]) => {
              const { data, solver } = window.longroadReach;
              const flight = data.forces.flatMap((f) => f.flights).find((one) => one.n === n);
              return ['before', 'after'].map((part) => solver.least(flight, lon, lat, delay, part));
            }""",
            [number, lon, lat, delay],
        )
        for mine, theirs in zip(found, fake_reach.least(base, end, lat, lon, delay), strict=True):
            assert (mine is None) == (not theirs.exists)
            if mine is None or theirs.speed_m_s > 10.5e3:
                continue
            compared += 1
            wrong.append(mine["speed"] - theirs.speed_m_s / 1e3)
            if abs(mine["time"] - theirs.intercept_s) < 5.0:
                assert mine["altitude"] == pytest.approx(theirs.altitude_m / 1e3, abs=25.0)
                assert mine["crossing"] == pytest.approx(np.degrees(theirs.crossing_rad), abs=2.0)
    assert compared > 60
    assert np.max(np.abs(wrong)) < 0.03
    assert np.quantile(np.abs(wrong), 0.9) < 0.002


def test_the_mouse_reads_off(explorer):
    box = explorer.page.locator("#reach-map").bounding_box()
    explorer.page.locator("#reach-map").scroll_into_view_if_needed()
    box = explorer.page.locator("#reach-map").bounding_box()
    explorer.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.6)
    explorer.page.wait_for_timeout(200)
    words = explorer.page.inner_text("#reach-read")
    assert "least speed at 300 s" in words
    assert "km up" in words
    assert "of 4 pairs are within reach" in words
    explorer.page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.6)
    explorer.page.mouse.move(box["x"] - 5, box["y"] - 5)
    explorer.page.wait_for_timeout(200)
    assert explorer.page.inner_text("#reach-read") == words
    assert "pin=" in explorer.page.evaluate("location.hash")


def test_the_keyboard_reads_off_too(explorer):
    canvas = explorer.page.locator("#reach-map")
    canvas.focus()
    canvas.press("ArrowUp")
    explorer.page.wait_for_timeout(200)
    first = explorer.page.inner_text("#reach-read")
    assert "least speed" in first or "no speed up to" in first
    canvas.press("Shift+ArrowLeft")
    explorer.page.wait_for_timeout(200)
    assert explorer.page.inner_text("#reach-read") != first
    canvas.press("Escape")
    explorer.page.wait_for_timeout(200)
    assert "use the arrow keys" in explorer.page.inner_text("#reach-read")
    assert explorer.page.evaluate("document.activeElement.id") == "reach-map"


def test_everything_can_be_reached_by_the_keyboard(explorer):
    names = explorer.page.evaluate(
        """() => [...document.querySelectorAll('#reach-explorer form *')]
          .filter((one) => one.tabIndex >= 0 && one.getClientRects().length)
          .map((one) => one.name || one.id)"""
    )
    for name in ("missiles", "from", "to", "site", "and", "speed", "delay", "part", "map"):
        assert name in names
    assert {"reach-map", "reach-link", "reach-cite", "reach-reset"} <= set(names)
    label = explorer.page.get_attribute("#reach-map", "aria-label")
    assert label.startswith("At 4.5 km/s")
    assert explorer.page.get_attribute("#reach-say", "aria-live") == "polite"


def test_a_view_can_be_cited(explorer, material, start):
    explorer.go(start.fragment().replace("speed=4.5", "speed=6.3"))
    explorer.page.click("#reach-cite")
    explorer.page.wait_for_timeout(200)
    words = explorer.page.input_value("#reach-copied")
    view = replace(start, speed_km_s=6.3)
    assert say(material.reach, material.sites, view) in words
    for part in ("Longroad 0.1.0", "seed 2011", material.manifest.content_hash()[:12]):
        assert part in words
    assert "pper bound" in words
    assert "sensors, countermeasures, kill probability" in words
    assert f"#{view.fragment()}" in words
    explorer.page.click("#reach-link")
    explorer.page.wait_for_timeout(200)
    assert explorer.page.input_value("#reach-copied").endswith(f"#{view.fragment()}")


def test_start_again(explorer, start):
    explorer.go(start.fragment().replace("speed=4.5", "speed=8.0"))
    explorer.page.click("#reach-reset")
    explorer.until(SHOWN.format(start.fragment()), 5.0)
    assert explorer.said().startswith("At 4.5 km/s")


def test_the_table_of_sites_follows(explorer, start):
    explorer.go(start.fragment().replace("speed=4.5", "speed=5.5"))
    rows = explorer.page.locator("#reach-sites tbody tr").all_inner_texts()
    assert rows[0].startswith("Norwegian Sea")
    assert "4 of 4" in rows[0]
    assert len(rows) == 8
    assert explorer.page.locator("#reach-sites tr.chosen").count() == 2


def test_on_a_telephone(browser, page):
    opened = Explorer(browser, page)
    try:
        opened.page.set_viewport_size({"width": 390, "height": 844})
        opened.page.wait_for_timeout(400)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
        canvas = opened.page.locator("#reach-map").bounding_box()
        assert canvas["width"] > 320
        # Sentence, map and both sliders in one screen and a half.
        top = opened.page.locator("#reach-say").bounding_box()["y"]
        low = opened.page.locator("input[name=speed]").bounding_box()["y"]
        assert low - top < 844
        assert opened.complaints == []
    finally:
        opened.close()


def test_in_print_the_still_picture_stands(explorer):
    explorer.page.emulate_media(media="print")
    assert not explorer.page.locator("#reach-map").is_visible()
    assert explorer.page.locator("#reach-still").is_visible()
    words = explorer.page.inner_text("#reach-explorer figcaption")
    assert "seed 2011" in words
    assert "run " in words
    assert explorer.page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"


def test_without_scripts_the_chapter_is_whole(browser, page, material, start):
    watched = Watched(browser, page, java_script_enabled=False)
    try:
        assert watched.page.locator("#reach-still").is_visible()
        assert not watched.page.locator("#reach-map").is_visible()
        said = watched.page.inner_text("#reach-say")
        assert said == say(material.reach, material.sites, start)
        assert watched.page.locator("#reach-sites tbody tr").count() == 8
    finally:
        watched.close()


def test_hostile_names_do_not_run(browser, evil_page):
    opened = Explorer(browser, evil_page)
    try:
        assert opened.page.evaluate("window.evil") is None
        assert opened.complaints == []
        assert "<script>" in opened.said()
        assert opened.page.locator("img").count() == 0
    finally:
        opened.close()
