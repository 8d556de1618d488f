"""Made-up numbers, sources and claims of the made-up run (`fake_run.py`)."""

from __future__ import annotations

from longroad.study import manifest as m


def made_up_inputs() -> tuple[m.Input, ...]:
    def value(best, low, high, unit, status, *sources, **more):
        return m.InputValue(best, low, high, unit, status, sources, **more)

    us = {"author": "Longroad maintainers"}
    nrc = value(
        1500,
        1500,
        1500,
        "km",
        "published",
        "lewis-postol-2012",
        claim="nrc-2012",
        claimant="National Research Council (2012)",
        held_by=(m.Held("National Research Council", "stated"),),
        note="As drawn in figure 5-8 of the 2012 report.",
    )
    lewis = value(
        870,
        800,
        900,
        "km",
        "unverified",
        "lewis-postol-2012",
        claim="lewis-postol-2012",
        claimant="Lewis and Postol (2012)",
        held_by=(m.Held("Lewis and Postol", "stated"),),
    )
    return (
        m.Input(
            "sensor.an-tpy-2-forward.reference_range",
            "AN/TPY-2 radar, forward mode: reference range",
            (nrc, lewis),
            "nrc-2012",
        ),
        m.Input(
            "interceptor.sm3-iia.burnout_speed",
            "SM-3 Block IIA: burnout speed",
            (
                value(
                    4.5,
                    4.35,
                    4.8,
                    "km/s",
                    "unverified",
                    "nrc-2012",
                    claim="surveys",
                    claimant="Most open studies",
                ),
                value(
                    5.2,
                    5.0,
                    5.5,
                    "km/s",
                    "reported",
                    "butt-2011",
                    claim="critics",
                    claimant="Critics",
                    held_by=(m.Held("Critics of the system", "attributed"),),
                ),
            ),
            "surveys",
        ),
        m.Input(
            "interceptor.sm3-ia.burnout_speed",
            "SM-3 Block IA: burnout speed",
            (value(3.0, 3.0, 3.5, "km/s", "unverified", "nrc-2012"),),
            variants=("phase-1",),
        ),
        m.Input(
            "interceptor.sm3-ia.burn_time",
            "SM-3 Block IA: burn time",
            (
                value(
                    65,
                    50,
                    80,
                    "s",
                    "judgement",
                    **us,
                    reason="Three stages of a 6.5 m rocket; no published figure was found.",
                ),
            ),
        ),
        m.Input(
            "missile.shahab-3.maximum_range",
            "Shahab-3: maximum range",
            (value(1300, 1000, 1500, "km", "published", "csis"),),
        ),
        m.Input(
            "missile.ghadr-1.maximum_range",
            "Ghadr-1: maximum range",
            (value(1600, 1500, 2000, "km", "published", "csis"),),
        ),
        m.Input(
            "missile.ghadr-1.burn_time",
            "Ghadr-1: burn time",
            (value(110, 88, 132, "s", "judgement", **us, reason="Single liquid stage."),),
        ),
        m.Input(
            "sensor.space-infrared-us.detection_delay",
            "Early-warning satellites: detection after ignition",
            (value(60, 45, 90, "s", "judgement", **us, reason="Cloud break and confirmation."),),
        ),
        m.Input(
            "default.decision_time",
            "Decision time: from commit-quality track to launch",
            (value(30, 20, 60, "s", "judgement", **us, reason="Pre-agreed rules."),),
        ),
        m.Input(
            "site.kurecik.latitude",
            "Kürecik: latitude",
            (value(38.349, 38.349, 38.349, "deg", "published", "base-list", distribution="fixed"),),
        ),
    )


SOURCES = (
    m.Source(
        "nrc-2012",
        "Making Sense of Ballistic Missile Defense",
        "National Research Council",
        "2012",
        "National Academies Press",
        "http://www.nap.edu/openbook.php?record_id=13189&page=24",
        "en",
        "USA",
        "M",
    ),
    m.Source(
        "lewis-postol-2012",
        "Ballistic missile defense: estimating the range of the radar",
        "G. Lewis and T. Postol",
        "21 Sep 2012",
        None,
        "https://mostlymissiledefense.com/",
        "en",
        "USA",
        "F",
    ),
    m.Source(
        "butt-2011",
        "Upsetting the Reset",
        "Y. Butt and T. Postol",
        "8 June 2011",
        "FAS",
        "https://fas.org/publication/upsetting-reset",
        "en",
        "USA",
        "F",
    ),
    m.Source("csis", "Missile Threat", "CSIS", None, None, "https://missilethreat.csis.org/"),
    m.Source("base-list", "Список баз", "Публичный список", "2020", None, None, "ru", "RUS", "F2"),
)

CLAIMS = (
    m.Claim(
        "phase-three-all",
        "By phase III all of NATO Europe is covered against the missiles that Iran has.",
        "Alliance officials",
        "2011",
        ("nrc-2012",),
        "engageable_area_fraction/mrbm-2000, nato",
        ">= 0.95",
        "phase-3",
        (
            m.Finding(
                "holds",
                "adopted",
                0.99,
                0.96,
                1.0,
                "1",
                "sensor.an-tpy-2-forward.reference_range=lewis-postol-2012",
            ),
            m.Finding(
                "undecided",
                "sensor.an-tpy-2-forward.reference_range=lewis-postol-2012",
                0.94,
                0.87,
                1.0,
            ),
            m.Finding("holds", "interceptor.sm3-iia.burnout_speed=critics", 1.0, 1.0, 1.0),
            m.Finding("fails", "cautious-planner", 0.9, 0.85, 0.94),
        ),
    ),
    m.Claim(
        "radar-much-too-large",
        "The range drawn for the forward radar is much too large.",
        "G. Lewis and T. Postol",
        "2012",
        ("lewis-postol-2012",),
        "engageable_area_fraction/mrbm-2000, nato [POL, ROU]",
        "<= 0.5",
        None,
        (),
    ),
)
