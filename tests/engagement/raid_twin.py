"""The raid as a plain SimPy program: processes, time-outs and its own random numbers.

Nothing of the package is used but the typed inputs. One process for each command and object
decides; one for each interceptor flies.
"""

from __future__ import annotations

import math
import random

import numpy as np
import simpy

PERFECT, STATED = 0, 1


class Shot:
    """One interceptor on its way."""

    def __init__(self, command, battery):
        self.command, self.battery = command, battery


class Object:
    """One object of a raid."""

    def __init__(self, number, raid, at, taken):
        self.number, self.arc = number, int(raid.arc[number])
        self.decoy, self.at, self.taken = bool(raid.decoy[number]), at, taken
        self.territory = int(raid.territory[number])
        self.killed_at, self.killer = math.inf, None
        self.last_arrival = {}
        self.fired_at = 0
        self.rounds = {}


class Battery:
    """One battery's rules and stock, as plain Python numbers."""

    def __init__(self, k, force):
        levels = force.levels
        self.k, self.party, self.kind = k, int(force.party[k]), int(force.kind[k])
        self.salvo, self.later = int(force.salvo[k]), int(force.later[k])
        self.most_rounds = int(force.rounds[k]) if self.salvo else 0
        self.gap, self.assess = float(force.gap_s[k]), float(force.assessment_s[k])
        self.levels = [float(one[k]) for one in (levels.system, levels.object, levels.shot)]
        self.stock = int(force.inventory[k])
        self.usable, self.free_at = 0, -math.inf
        self.counts = {"launched": 0, "hit": 0, "miss": 0, "surplus": 0, "double": 0, "decoy": 0}


class Replicate:
    """One replicate of raids in sequence under one agreement and one discrimination."""

    def __init__(self, raids, arrangement, mode, seed):
        self.rng = random.Random(seed)
        self.raids, self.mode = raids, mode
        self.force, self.opportunities = arrangement.force, arrangement.opportunities
        self.rules = arrangement.rules
        self.batteries = [Battery(k, self.force) for k in range(len(self.force))]
        parties = len(self.rules.consent)
        self.groups = self._groups(parties)
        chances = self.opportunities.chance.tolist()
        self.state = self.rng.choices(range(len(chances)), chances)[0]
        self.leakers, self.by_territory = 0, {}
        for number, raid in enumerate(raids):
            self._raid(number, raid)

    def _groups(self, parties):
        """Return the command of each party: a set that grows until nobody joins."""
        group = list(range(parties))
        for _ in range(parties):
            for a in range(parties):
                for b in range(parties):
                    if self.rules.coordination[a, b] == 2:
                        group[a] = group[b] = min(group[a], group[b])
        return group

    def _knows(self, group, other):
        """Return whether a command knows what another one fires at."""
        return group == other or any(
            self.rules.coordination[a, b] >= 1
            for a, g in enumerate(self.groups)
            for b, h in enumerate(self.groups)
            if g == group and h == other
        )

    def _raid(self, number, raid):
        rng, env = self.rng, simpy.Environment()
        self.env = env
        for battery in self.batteries:
            supply, reserve = self.force.resupply, self.force.reserve
            if supply.ndim == 2:
                battery.stock += int(supply[number, battery.k])
            elif number > 0:
                battery.stock += int(supply[battery.k])
            held = reserve[number, battery.k] if reserve.ndim == 2 else reserve[battery.k]
            battery.usable = max(battery.stock - int(held), 0)
            battery.stock -= battery.usable
            battery.free_at = -math.inf
        kinds = {battery.kind for battery in self.batteries}
        self.system = {kind: rng.random() for kind in kinds}
        self.on_object, self.wait = {}, {}
        self.objects = []
        for o in range(len(raid)):
            at = float(raid.ignition_s[o] + raid.spread_s[o] * rng.random())
            decoy, u = bool(raid.decoy[o]), rng.random()
            taken = not decoy if self.mode == PERFECT else True
            if self.mode == STATED:
                taken = u < raid.taken[o]
            self.objects.append(Object(o, raid, at, taken))
            draws = [(rng.random(), rng.random()) for _ in self.rules.consent]
            for p, chance in enumerate(self.rules.consent):
                u, v = draws[int(self.rules.asks_as[p])]
                table = self.rules.delay_s[p]
                delay = float(np.interp(v, np.linspace(0.0, 1.0, len(table)), table))
                self.wait[p, o] = delay if u < chance else math.inf
        self.deciding = {}
        for one in self.objects:
            if one.taken:
                for g in sorted(set(self.groups)):
                    env.process(self._decide(g, one))
                    self.deciding[g, one.number] = True
        # SimPy's clock starts at 0; no object here ignites before.
        env.run()
        for one in self.objects:
            if not one.decoy and one.killed_at == math.inf:
                self.leakers += 1
                self.by_territory[one.territory] = self.by_territory.get(one.territory, 0) + 1
        for battery in self.batteries:
            battery.stock += battery.usable

    def _options(self, g, one):
        """Yield (intercept, minus stock, number, launch, battery) for what a command may do."""
        table, now = self.opportunities, self.env.now
        for battery in self.batteries:
            k, n = battery.k, one.arc
            if self.groups[battery.party] != g or battery.usable == 0:
                continue
            if one.rounds.get(k, 0) >= battery.most_rounds:
                continue
            bounds = [
                now, battery.free_at, one.at + table.opens_s[n, k],
                one.at + table.ready_s[self.state, n, k] + self.wait[battery.party, one.number],
            ]  # fmt: skip
            bounds += [
                last + self._look(g)
                for other, last in one.last_arrival.items()
                if self._knows(g, other)
            ]
            launch = max(bounds)
            if launch <= one.at + table.latest_s[n, k]:
                yield self._meets(one, k, launch), -battery.usable, k, launch, battery

    def _meets(self, one, k, launch):
        table, n = self.opportunities, one.arc
        grid = np.linspace(table.opens_s[n, k], table.latest_s[n, k], table.meets_s.shape[2])
        return one.at + float(np.interp(launch - one.at, grid, table.meets_s[n, k]))

    def _look(self, g):
        """Return how long a command takes to know what its shots did."""
        return min(b.assess for b in self.batteries if self.groups[b.party] == g)

    def _dead(self, one, g):
        """Return whether a command knows an object to be dead."""
        if one.killed_at == math.inf:
            return False
        seen = one.killed_at + self._look(g) <= self.env.now + 1e-9
        return seen and (self.rules.sees_kills or self._knows(g, one.killer))

    def _decide(self, g, one):
        while not self._dead(one, g):
            options = sorted(self._options(g, one), key=lambda option: option[:3])
            if not options:
                break
            _, _, k, launch, battery = options[0]
            if launch > self.env.now + 1e-9:
                yield self.env.timeout(launch - self.env.now)
                continue
            size = self._size(g, one, battery)
            one.rounds[k] = one.rounds.get(k, 0) + 1
            at, last = self.env.now, self.env.now
            for _ in range(min(size, battery.usable)):
                if at > one.at + self.opportunities.latest_s[one.arc, k]:
                    break
                arrives = self._meets(one, k, at)
                self.env.process(self._fly(one, Shot(g, battery), arrives))
                battery.usable -= 1
                battery.counts["launched"] += 1
                one.fired_at += 1
                last = max(last, arrives)
                at += battery.gap
                battery.free_at = at
            one.last_arrival[g] = max(one.last_arrival.get(g, -math.inf), last)
            if self._look(g) == math.inf:
                break
            yield self.env.timeout(last + self._look(g) - self.env.now)
        self.deciding[g, one.number] = False

    def _size(self, g, one, battery):
        if one.rounds.get(battery.k, 0) == 0:
            return battery.salvo
        if battery.later:
            return battery.later
        waiting = [
            other for other in self.objects
            if self.deciding.get((g, other.number)) and not self._dead(other, g)
            and self.env.now >= other.last_arrival.get(g, -math.inf) + self._look(g) - 1e-9
        ]  # fmt: skip
        return math.ceil(battery.usable / max(len(waiting), 1))

    def _fly(self, one, shot, arrives):
        yield self.env.timeout(arrives - self.env.now)
        battery, kind = shot.battery, shot.battery.kind
        alive = one.killed_at == math.inf
        hit = False
        if alive:
            works, suits, hits = battery.levels
            known = self.on_object.setdefault((kind, one.number), self.rng.random())
            hit = self.system[kind] < works and known < suits and self.rng.random() < hits
        if one.decoy:
            battery.counts["decoy"] += 1
        elif alive:
            battery.counts["hit" if hit else "miss"] += 1
        else:
            battery.counts["surplus" if one.killer == shot.command else "double"] += 1
        if hit:
            one.killed_at, one.killer = self.env.now, shot.command


def run(raids, arrangement, mode, replicates, seed):
    """Return a table (replicates, 4): leakers, launched, hits, wasted."""
    found = np.zeros((replicates, 4), dtype=np.int64)
    for k in range(replicates):
        one = Replicate(raids, arrangement, mode, f"{seed}/{k}")
        counts = [battery.counts for battery in one.batteries]
        found[k] = (
            one.leakers, sum(c["launched"] for c in counts), sum(c["hit"] for c in counts),
            sum(c["double"] + c["decoy"] for c in counts),
        )  # fmt: skip
    return found
