// One interceptor from one place against one missile, computed where the reader points.
//
// The equations are those of the run (longroad.engagement.reach_kernel), solved here by plain
// search, so that what the map reads between its points can be checked on the spot.
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const norm = (a) => Math.sqrt(dot(a, a));
const along = (a, k, b) => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const makeSolver = ({ mu, spin, radius, flattening, burn, fraction, life }) => {
  const squared = flattening * (2 - flattening);
  const turned = ([x, y, z], angle) => {
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    return [c * x - s * y, s * x + c * y, z];
  };
  const onGround = (lon, lat) => {
    const s = Math.sin(lat * RAD);
    const n = radius / Math.sqrt(1 - squared * s * s);
    const c = n * Math.cos(lat * RAD);
    return [c * Math.cos(lon * RAD), c * Math.sin(lon * RAD), n * (1 - squared) * s];
  };
  const geodetic = ([x, y, z]) => {
    const flat = Math.hypot(x, y);
    let lat = Math.atan2(z, flat * (1 - squared));
    let n = radius;
    for (let i = 0; i < 6; i += 1) {
      n = radius / Math.sqrt(1 - squared * Math.sin(lat) ** 2);
      lat = Math.atan2(z + squared * n * Math.sin(lat), flat);
    }
    const height = flat * Math.cos(lat) + z * Math.sin(lat) - n * (1 - squared * Math.sin(lat) ** 2);
    return [Math.atan2(y, x) / RAD, lat / RAD, height];
  };

  // Where the missile is at a time: Kepler's equation from the state at burnout.
  const missileAt = (flight, t) => {
    const r0 = flight.state.slice(0, 3);
    const v0 = flight.state.slice(3);
    const far = norm(r0);
    const a = 1 / (2 / far - dot(v0, v0) / mu);
    const rate = Math.sqrt(mu / a ** 3);
    const ec = 1 - far / a;
    const es = dot(r0, v0) / Math.sqrt(mu * a);
    const m = rate * (t - flight.burnout);
    let e = m;
    for (let i = 0; i < 30; i += 1) {
      const wrong = e - ec * Math.sin(e) + es * (1 - Math.cos(e)) - m;
      const change = wrong / (1 - ec * Math.cos(e) + es * Math.sin(e));
      e -= change;
      if (Math.abs(change) < 1e-13) break;
    }
    const c = Math.cos(e);
    const s = Math.sin(e);
    const now = a * (1 - ec * c + es * s);
    const f = 1 - (a / far) * (1 - c);
    const g = t - flight.burnout + (s - e) / rate;
    const r = r0.map((x, i) => f * x + g * v0[i]);
    const df = (-Math.sqrt(mu * a) * s) / (now * far);
    const dg = 1 - (a / now) * (1 - c);
    return [r, r0.map((x, i) => df * x + dg * v0[i])];
  };

  // Lambert's problem, less than half a revolution (Izzo 2015); velocities at both ends.
  const join = (r1, r2, time) => {
    const a = norm(r1);
    const b = norm(r2);
    const chord = norm(along(r2, -1, r1));
    const s = 0.5 * (a + b + chord);
    const lam = Math.sqrt(Math.max(0, 1 - chord / s));
    const total = time * Math.sqrt((2 * mu) / s ** 3);
    const timeOf = (x) => {
      const y = Math.sqrt(1 - lam * lam + lam * lam * x * x);
      if (Math.abs(x - 1) < 1e-2) {
        const eta = y - lam * x;
        const z = 0.5 * (1 - lam - x * eta);
        let term = 4 / 3;
        let sum = term;
        for (let j = 0; j < 60; j += 1) {
          term *= (z * (3 + j)) / (2.5 + j);
          sum += term;
        }
        return 0.5 * eta * (eta * eta * sum + 4 * lam);
      }
      const square = 1 - x * x;
      const root = Math.sqrt(Math.abs(square));
      const angle =
        square > 0
          ? Math.atan2((y - lam * x) * root, x * y + lam * square)
          : Math.asinh((y - lam * x) * root);
      return (angle / root - x + lam * y) / square;
    };
    // Falls with x: a bracket, then halving with the secant inside it.
    let low = -1 + 1e-9;
    let high = 1;
    while (timeOf(high) > total && high < 1e7) high = 2 * high + 1;
    let x = 0;
    for (let i = 0; i < 200; i += 1) {
      const above = timeOf(x) - total;
      if (above > 0) low = x;
      else high = x;
      const step = 1e-6 * Math.max(1e-3, Math.abs(x + 1));
      const pitch = (timeOf(x + step) - timeOf(x - step)) / (2 * step);
      let next = x - above / pitch;
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (Math.abs(next - x) < 1e-12 * (1 + Math.abs(x))) break;
      x = next;
    }
    const y = Math.sqrt(1 - lam * lam + lam * lam * x * x);
    const gamma = Math.sqrt(0.5 * mu * s);
    const rho = chord > 0 ? (a - b) / chord : 0;
    const sigma = Math.sqrt(Math.max(0, 1 - rho * rho));
    const n = cross(r1, r2);
    const normal = n.map((v) => v / (norm(n) || 1));
    const u1 = r1.map((v) => v / a);
    const u2 = r2.map((v) => v / b);
    const out = (gamma * (lam * y - x - rho * (lam * y + x))) / a;
    const back = (-gamma * (lam * y - x + rho * (lam * y + x))) / b;
    const across = gamma * sigma * (y + lam * x);
    const t1 = cross(normal, u1);
    const t2 = cross(normal, u2);
    return [
      u1.map((v, i) => out * v + (across / a) * t1[i]),
      u2.map((v, i) => back * v + (across / b) * t2[i]),
    ];
  };

  const late = (1 - fraction) * burn;
  // Burnout speed for one launch and one intercept time; with `whole` the boost in full.
  const shot = (place, missile, t, launch, whole) => {
    const from = turned(place, spin * launch);
    const ground = [-spin * from[1], spin * from[0], 0];
    let [v1, v2] = join(along(from, late, ground), missile, t - launch - late);
    let w = along(v1, -1, ground);
    if (whole) {
      const coast = t - launch - burn;
      const path = fraction * burn;
      for (let i = 0; i < 30 && path > 0; i += 1) {
        [v1, v2] = join(along(along(from, burn, ground), path, w), missile, coast);
        const gap = along(along(v1, -1, ground), -1, w);
        w = along(w, 1 / (1 + path / coast), gap);
        if (norm(gap) < 0.01) break;
      }
    }
    return { speed: norm(w), arrival: v2 };
  };

  const golden = (f, a, b, rounds) => {
    const ratio = (Math.sqrt(5) - 1) / 2;
    let [lo, hi] = [a, b];
    let p = hi - ratio * (hi - lo);
    let q = lo + ratio * (hi - lo);
    let [fp, fq] = [f(p), f(q)];
    for (let i = 0; i < rounds; i += 1) {
      if (fp < fq) {
        [hi, q, fq] = [q, p, fp];
        p = hi - ratio * (hi - lo);
        fp = f(p);
      } else {
        [lo, p, fp] = [p, q, fq];
        q = lo + ratio * (hi - lo);
        fq = f(q);
      }
    }
    return 0.5 * (lo + hi);
  };

  // Least burnout speed for intercepts in a part of the arc, launch at the delay or later.
  const least = (flight, lon, lat, delay, part) => {
    const place = onGround(lon, lat);
    const from = Math.max(part === "before" ? flight.first : flight.turn, delay + burn + 1);
    const to = part === "before" ? flight.turn : flight.last;
    if (!(from < to)) return null;
    const best = (t) => {
      const [missile] = missileAt(flight, t);
      const earliest = Math.max(delay, t - life);
      const longest = Math.log(t - late - earliest);
      const speed = (left) => shot(place, missile, t, t - late - Math.exp(left), false).speed;
      let left = longest;
      // Does it help to wait?
      if (speed(longest - 0.01) < speed(longest)) {
        left = golden(speed, Math.log(burn - late + 1), longest, 22);
      }
      return { launch: t - late - Math.exp(left), speed: speed(left), missile };
    };
    const spread = (k, n) => Math.exp(
      Math.log(from - late - delay) +
        (k / n) * (Math.log(to - late - delay) - Math.log(from - late - delay)),
    );
    const times = Array.from({ length: 25 }, (_, k) => late + delay + spread(k, 24));
    const speeds = times.map((t) => best(t).speed);
    const k = speeds.indexOf(Math.min(...speeds));
    const t = golden(
      (time) => best(time).speed,
      times[Math.max(k - 1, 0)],
      times[Math.min(k + 1, times.length - 1)],
      20,
    );
    const found = best(t);
    const launch = Math.min(found.launch, t - burn - 1);
    const { speed, arrival } = shot(place, found.missile, t, launch, true);
    const velocity = missileAt(flight, t)[1];
    const [lonMet, latMet, height] = geodetic(turned(found.missile, -spin * t));
    const cosine = dot(arrival, velocity) / (norm(arrival) * norm(velocity));
    return {
      speed: speed / 1000,
      launch,
      time: t,
      altitude: height / 1000,
      lon: lonMet,
      lat: latMet,
      crossing: Math.acos(Math.min(Math.max(cosine, -1), 1)) / RAD,
      closing: norm(along(arrival, -1, velocity)) / 1000,
    };
  };
  return { least, missileAt, geodetic };
};
