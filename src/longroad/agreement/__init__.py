"""What an agreement means: who learns what and when, who may fire, and what each shows of itself.

from longroad.scenario import load
from longroad.agreement import Circumstances, best, derive

variant = load("northeast-asia-2023").variants[-1]
for agreement in variant.agreements:
    today = derive(variant, agreement)
    japan = today.information["japan"]
    print(agreement.name, [sensor.id for sensor in japan.sensors_of("cue")])

Nothing here knows physics: times are what links and people add to what sensors see.
"""

from longroad.agreement.circumstances import NORMAL, Circumstances
from longroad.agreement.deployment import Deployed
from longroad.agreement.derive import Arrangement, derive
from longroad.agreement.exposure import ASPECTS, Exposure
from longroad.agreement.feed import Delays, Feed, Information, Link
from longroad.agreement.fire import FireAuthority, Limits, Zone
from longroad.agreement.states import State, States, states
from longroad.agreement.value import Value, best, holding
from longroad.scenario.agreement import with_sectors_by

__all__ = [
    "ASPECTS",
    "NORMAL",
    "Arrangement",
    "Circumstances",
    "Delays",
    "Deployed",
    "Exposure",
    "Feed",
    "FireAuthority",
    "Information",
    "Limits",
    "Link",
    "State",
    "States",
    "Value",
    "Zone",
    "best",
    "derive",
    "holding",
    "states",
    "with_sectors_by",
]
