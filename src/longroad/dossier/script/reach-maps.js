// Projections of the reach maps; the same as reach_frame.py. Degrees to pixels and back.
const RAD = Math.PI / 180;
const wrap = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

const azimuthal = (lon0, lat0, scale, x0, y0) => {
  const s0 = Math.sin(lat0 * RAD);
  const c0 = Math.cos(lat0 * RAD);
  const project = (lon, lat) => {
    const dl = (lon - lon0) * RAD;
    const s = Math.sin(lat * RAD);
    const c = Math.cos(lat * RAD);
    const k = Math.sqrt(2 / Math.max(1e-9, 1 + s0 * s + c0 * c * Math.cos(dl)));
    return [
      x0 + scale * k * c * Math.sin(dl),
      y0 - scale * k * (c0 * s - s0 * c * Math.cos(dl)),
    ];
  };
  const invert = (px, py) => {
    const x = (px - x0) / scale;
    const y = (y0 - py) / scale;
    const rho = Math.hypot(x, y);
    const c = 2 * Math.asin(Math.min(rho / 2, 1));
    const over = rho > 0 ? 1 / rho : 1;
    const sine = Math.cos(c) * s0 + y * Math.sin(c) * c0 * over;
    const east = Math.atan2(x * Math.sin(c), rho * c0 * Math.cos(c) - y * s0 * Math.sin(c));
    return [wrap(lon0 + east / RAD), Math.asin(Math.min(Math.max(sine, -1), 1)) / RAD];
  };
  const inside = (px, py) => Math.hypot(px - x0, py - y0) <= 2 * scale;
  const edge = (path) => path.arc(x0, y0, 2 * scale, 0, 2 * Math.PI);
  return { project, invert, inside, edge, lon0, lat0, scale, x0, y0, round: true };
};

const EARTH = [1.340264, -0.081106, 0.000893, 0.003796];
const HALF_ROOT_3 = Math.sqrt(3) / 2;
const rise = (t) => {
  const t2 = t * t;
  const t6 = t2 * t2 * t2;
  return t * (EARTH[0] + EARTH[1] * t2 + t6 * (EARTH[2] + EARTH[3] * t2));
};
const slope = (t) => {
  const t2 = t * t;
  const t6 = t2 * t2 * t2;
  return EARTH[0] + 3 * EARTH[1] * t2 + t6 * (7 * EARTH[2] + 9 * EARTH[3] * t2);
};

// Equal Earth; longitudes are not wrapped, so that an outline can be drawn a turn away.
const equalEarth = (lon0, width, height) => {
  const top = rise(Math.asin(HALF_ROOT_3));
  const side = Math.PI / (HALF_ROOT_3 * EARTH[0]);
  const scale = 0.995 * Math.min(width / (2 * side), height / (2 * top));
  const x0 = width / 2;
  const y0 = height / 2;
  const project = (lon, lat) => {
    const t = Math.asin(HALF_ROOT_3 * Math.sin(lat * RAD));
    const x = ((lon - lon0) * RAD * Math.cos(t)) / (HALF_ROOT_3 * slope(t));
    return [x0 + scale * x, y0 - scale * rise(t)];
  };
  const unwrapped = (px, py) => {
    const y = Math.min(Math.max((y0 - py) / scale, -top), top);
    let t = y / EARTH[0];
    for (let i = 0; i < 8; i += 1) t -= (rise(t) - y) / slope(t);
    const lat = Math.asin(Math.min(Math.max(Math.sin(t) / HALF_ROOT_3, -1), 1)) / RAD;
    const east = (((px - x0) / scale) * HALF_ROOT_3 * slope(t)) / Math.cos(t) / RAD;
    return [east, lat, Math.abs((y0 - py) / scale) <= top && Math.abs(east) <= 180];
  };
  const invert = (px, py) => {
    const [east, lat] = unwrapped(px, py);
    return [wrap(lon0 + east), lat];
  };
  const inside = (px, py) => unwrapped(px, py)[2];
  const edge = (path) => {
    for (let lat = 90; lat >= -90; lat -= 2) path.lineTo(...project(lon0 - 180, lat));
    for (let lat = -90; lat <= 90; lat += 2) path.lineTo(...project(lon0 + 180, lat));
    path.closePath();
  };
  return { project, invert, inside, edge, lon0, lat0: 0, scale, x0, y0, round: false };
};

// The azimuthal map of a size that shows all points [[lon, lat], ...].
const around = (points, width, height) => {
  let [x, y, z] = [0, 0, 0];
  for (const [lon, lat] of points) {
    x += Math.cos(lat * RAD) * Math.cos(lon * RAD) / points.length;
    y += Math.cos(lat * RAD) * Math.sin(lon * RAD) / points.length;
    z += Math.sin(lat * RAD) / points.length;
  }
  const lon0 = Math.atan2(y, x) / RAD;
  const lat0 = Math.atan2(z, Math.hypot(x, y)) / RAD;
  const unit = azimuthal(lon0, lat0, 1, 0, 0);
  const flat = points.map(([lon, lat]) => unit.project(lon, lat));
  const left = Math.min(...flat.map((p) => p[0]));
  const right = Math.max(...flat.map((p) => p[0]));
  const low = Math.min(...flat.map((p) => -p[1]));
  const high = Math.max(...flat.map((p) => -p[1]));
  const pad = 0.03 * Math.max(right - left, high - low, 0.02);
  const scale = Math.min(width / (right - left + 2 * pad), height / (high - low + 2 * pad));
  return azimuthal(
    lon0,
    lat0,
    scale,
    width / 2 - (scale * (left + right)) / 2,
    height / 2 + (scale * (low + high)) / 2,
  );
};

const polar = (lon, lowest, width, height) => {
  const reach = 2 * Math.sin(((90 - lowest) * RAD) / 2);
  return azimuthal(lon, 90, Math.min(width, height) / (2 * reach), width / 2, height / 2);
};
