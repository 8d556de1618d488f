import numpy as np
import pytest

from longroad.base.errors import RunError
from longroad.base.tables import SCHEMAS, schema, validate

# The names that users and other programs rely on, as the design lists them.
NAMES = {
    "draws": "draw quantity value unit",
    "arcs": "arc missile launch_area shape cell country range_km apogee_km burnout_speed_km_s "
    "flight_path_angle_deg burnout_time_s time_of_flight_s within_reach",
    "windows": "variant agreement party battery mode arc warned_s first_track_s commit_s window "
    "opens_s closes_s intercept_altitude_km launch_s",
    "coverage": "variant agreement party missile resolution cell country area_km2 population arcs "
    "engageable engageable_mean engageable_p05 engageable_p95 all_engageable_share first_battery",
    "contributions": "variant agreement party missile kind asset engageable_area_fraction "
    "engageable_population_fraction without_area_fraction without_population_fraction "
    "alone_area_fraction alone_population_fraction lost_area_share lost_population_share",
    "differences": "agreement party missile from_variant to_variant gained_area_fraction "
    "gained_population_fraction lost_area_fraction lost_population_fraction "
    "kept_area_fraction kept_population_fraction never_area_fraction "
    "never_population_fraction",
    "agreements": "variant agreement circumstance party missile outcome best p05 p95 mc_se unit",
    "flights": "flight variants trajectories owner missile base end shape base_latitude_deg "
    "base_longitude_deg end_latitude_deg end_longitude_deg state range_km apogee_km burnout_s "
    "apogee_s time_of_flight_s burnout_speed_km_s impulsive_km_s burnout_x_km burnout_y_km "
    "burnout_z_km burnout_vx_km_s burnout_vy_km_s burnout_vz_km_s",
    "reach": "variant party site kind trajectories base end shape assumptions timing delay_s part "
    "least_burnout_speed_km_s impulsive_km_s burnout_speed_km_s reachable overtaking launch_s "
    "intercept_s intercept_altitude_km intercept_latitude_deg intercept_longitude_deg "
    "crossing_deg closing_speed_km_s site_latitude_deg site_longitude_deg",
    "reach_shares": "variant party site kind trajectories assumptions timing delay_s part pairs "
    "reachable_pairs overtaking_pairs fraction fraction_p05 fraction_p95 fraction_mc_se "
    "least_km_s least_p05_km_s least_p95_km_s least_mc_se_km_s",
    "surfaces": "flight latitude_deg longitude_deg delay_s before_apogee_km_s after_apogee_km_s",
    "agreement_outcomes": "variant agreement circumstance party missile draw outcome unit value",
    "sequence": "variant agreement circumstance party missile shape launch_area aim_latitude_deg "
    "aim_longitude_deg event time_s actor path",
    "agreement_cells": "variant agreement circumstance party missile cell country engaged",
    "exposure": "variant agreement provision giver receiver asset aspect depth through kept",
    "proposals": "variant agreement name architecture proposed_by date sources note",
    "raid": "variant raid assumptions agreement circumstance discrimination party outcome "
    "best p05 p95 mc_se outcome_p05 outcome_p95 unit",
    "raid_steps": "variant raid agreement step provision kind discrimination outcome value change "
    "change_se",
    "exchange": "variant party owner force towards assumptions holder mode timing delay_s posture "
    "deployed surviving launched arriving other_routes within_reach penetrating lost "
    "lost_p05 lost_p95 lost_mc_se lost_outcome_p05 lost_outcome_p95 lost_fraction "
    "lost_fraction_p05 lost_fraction_p95 touchable_fraction computed_fraction "
    "first_strike_advantage first_strike_advantage_defended build_up_low build_up_high "
    "provisional",
    "arrivals": "variant party owner towards assumptions timing delay_s posture draws_fraction "
    "arriving penetrating",
    "treaty": "ledger rule party counted date value limit headroom state treaty_state bound status",
    "limits": "variant set limits party area_lost area_lost_p05 area_lost_p95 shots_lost "
    "shots_lost_p05 shots_lost_p95 interceptors_lost owner assumptions towards posture headline "
    "concern concern_p05 concern_p95 worst tolerable standing observable means",
    "growth": "variant party step limits binds interceptors owner assumptions towards posture "
    "headline concern concern_p05 concern_p95",
    "outcomes": "variant agreement party assumptions draw outcome unit value",
    "defence_needed": "variant party owner towards timing delay_s posture share lever "
    "value effect greatest",
    "touched": "variant party owner towards timing delay_s weapon base site warheads share",
    "assumption_differences": "variant party owner towards rank quantity status unit "
    "adopted owner_end defender_end owner_word defender_word holder change_alone "
    "change_without lost_adopted lost_owner_extreme lost_defender_extreme",
    "bargain_inputs": "input party kind about best low high status author",
    "bargain_options": "issue issue_name option option_name no_deal physical party worth p05 p95",
    "bargain_packages": "package name kind by date opening reply source crosses changes "
    "under party share mc_se low high gain gain_p05 gain_p50 gain_p95 concession predicted",
    "bargain_choices": "package issue option changed nearest",
    "bargain_clauses": "first second issue first_option second_option contested party "
    "worth p05 p95",
    "bargain_lines": "line name holder source veto real blocked conflicts party "
    "gain_change best_change",
    "bargain_facts": "cell own mixed party holds holds_name share mc_se home home_mc_se gain",
    "bargain_stages": "stage name choices milestone exit years years_p05 years_p95 taken "
    "mc_se party trust trust_p10 trust_p90 needed gain gain_p05 gain_p95 exposure",
    "bargain_swings": "input party kind about option measure low high",
    "bargain_points": "plot series x y value count",
    "bargain_figures": "outcome about party unit best p05 p95 mc_se",
}


def example(name, rows=2):
    kinds = {"bool": np.bool_, "text": object}
    return {
        column.name: np.array([""] * rows if column.dtype == "text" else [0] * rows).astype(
            kinds.get(column.dtype, column.dtype)
        )
        for column in SCHEMAS[name].columns
    }


@pytest.mark.parametrize("name", NAMES)
def test_names_and_order(name):
    assert " ".join(schema(name).names) == NAMES[name]


def test_there_is_no_other_table():
    assert set(SCHEMAS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_units_agree_with_names(name):
    endings = {"_km": "km", "_s": "s", "_km_s": "km/s", "_deg": "deg", "_km2": "km2"}
    for column in SCHEMAS[name].columns:
        assert column.description
        ending = max((e for e in endings if column.name.endswith(e)), key=len, default=None)
        if ending:
            assert column.unit == endings[ending]
            assert column.dtype in {"float32", "float64"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rows", [0, 2])
def test_what_fits_passes(name, rows):
    validate(name, example(name, rows))


def changed(name, **columns):
    return {**example(name), **columns}


@pytest.mark.parametrize(
    "columns",
    [
        {k: v for k, v in example("draws").items() if k != "unit"},
        changed("draws", more=np.zeros(2)),
        changed("draws", value=np.zeros(3)),
        changed("draws", value=np.zeros((2, 1))),
        changed("draws", value=np.zeros(2, dtype=np.float32)),
        changed("draws", draw=np.zeros(2, dtype=np.int64)),
        changed("draws", unit=np.zeros(2)),
        dict(reversed(example("draws").items())),
    ],
)
def test_what_does_not_fit_is_refused(columns):
    with pytest.raises(RunError):
        validate("draws", columns)


def test_the_nearest_name_is_suggested():
    with pytest.raises(RunError) as caught:
        schema("coverag")
    assert caught.value.nearest == "coverage"
    with pytest.raises(RunError) as caught:
        validate("draws", changed("draws", quantitty=np.zeros(2)))
    assert caught.value.nearest == "quantity"
