"""Types of fields that the manifest's records share."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

Finite = Annotated[float, Field(allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90.0, le=90.0)]
Longitude = Annotated[float, Field(ge=-180.0, le=180.0)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=False)
