"""What the analyst writes: reading, overrides, validation, checks and ready packs.

from longroad.scenario import load

scenario = load("epaa-2011")
for variant in scenario.variants:
    print(variant.title, [battery.name for battery in variant.batteries])
"""

from longroad.scenario.checks import check, check_scenario
from longroad.scenario.claim import (
    MEASURES,
    BargainMeasure,
    Claim,
    ExchangeMeasure,
    Measure,
    ReachMeasure,
    Threshold,
)
from longroad.scenario.faults import ScenarioFaultsError
from longroad.scenario.finding import Finding, Severity
from longroad.scenario.load import load, loads
from longroad.scenario.model import AssumptionSet, Grid, Scenario, Variant
from longroad.scenario.negotiation import Negotiation
from longroad.scenario.origin import Origin
from longroad.scenario.packs import Pack, negotiations, new, pack_path, packs
from longroad.scenario.read_negotiation import load_negotiation, loads_negotiation
from longroad.scenario.schema import (
    claims_schema,
    json_schema,
    negotiation_schema,
    schema_text,
)
from longroad.scenario.world import (
    Battery,
    Box,
    EndPoint,
    LaunchArea,
    OrbitLayer,
    Party,
    PatrolArea,
    Position,
    SensorSite,
    Shape,
    Threat,
    Trajectories,
)

__all__ = [
    "MEASURES",
    "AssumptionSet",
    "BargainMeasure",
    "Battery",
    "Box",
    "Claim",
    "EndPoint",
    "ExchangeMeasure",
    "Finding",
    "Grid",
    "LaunchArea",
    "Measure",
    "Negotiation",
    "OrbitLayer",
    "Origin",
    "Pack",
    "Party",
    "PatrolArea",
    "Position",
    "ReachMeasure",
    "Scenario",
    "ScenarioFaultsError",
    "SensorSite",
    "Severity",
    "Shape",
    "Threat",
    "Threshold",
    "Trajectories",
    "Variant",
    "check",
    "check_scenario",
    "claims_schema",
    "json_schema",
    "load",
    "load_negotiation",
    "loads",
    "loads_negotiation",
    "negotiation_schema",
    "negotiations",
    "new",
    "pack_path",
    "packs",
    "schema_text",
]
