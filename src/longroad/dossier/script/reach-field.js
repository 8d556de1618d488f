// The surface of least speeds: unpacked when asked for, pairs taken together, between its points.
const makeSurface = (data) => {
  const { rows, columns, delays, step, above } = data.grid;
  const plane = rows * columns;
  const known = new Map();

  // One pair: steps by part, delay, latitude and longitude; see reach_pack.py.
  const open = async (number) => {
    const bytes = await inflate(data.surfaces[number]);
    const count = bytes.length / 2;
    const steps = new Int16Array(count);
    for (let k = 0; k < count; k += 1) {
      const folded = bytes[k] | (bytes[count + k] << 8);
      steps[k] = (folded >> 1) ^ -(folded & 1);
    }
    for (let from = 0; from < count; from += plane) {
      for (let k = columns; k < plane; k += 1) steps[from + k] += steps[from + k - columns];
      for (let k = 0; k < plane; k += 1) {
        if (k % columns) steps[from + k] += steps[from + k - 1];
      }
    }
    return steps;
  };
  const load = async (numbers) => {
    await Promise.all(
      numbers.map((number) => {
        if (!known.has(number)) known.set(number, open(number));
        return known.get(number);
      }),
    );
    return Promise.all(numbers.map((number) => known.get(number)));
  };

  const between = (value) => {
    const inside = Math.min(Math.max(value, delays[0]), delays[delays.length - 1]);
    let low = 0;
    while (low < delays.length - 2 && delays[low + 1] <= inside) low += 1;
    const wide = delays.length > 1 ? delays[low + 1] - delays[low] : 1;
    return [low, (inside - delays[low]) / wide];
  };
  // Least speeds over the grid; a last column repeats the first.
  const field = (pairs, delay, every) => {
    const [low, share] = between(delay);
    const high = Math.min(low + 1, delays.length - 1);
    const wide = columns + 1;
    const start = every ? 0 : above;
    const made = {};
    for (const name of ["either", "before", "after"]) {
      made[name] = new Float32Array(rows * wide).fill(start);
    }
    const { either, before, after } = made;
    const half = delays.length * plane;
    for (const steps of pairs) {
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < columns; j += 1) {
          const at = i * columns + j;
          const b0 = steps[low * plane + at];
          const b = step * (b0 + share * (steps[high * plane + at] - b0));
          const a0 = steps[half + low * plane + at];
          const a = step * (a0 + share * (steps[half + high * plane + at] - a0));
          const e = b < a ? b : a;
          const to = i * wide + j;
          if (every ? b > before[to] : b < before[to]) before[to] = b;
          if (every ? a > after[to] : a < after[to]) after[to] = a;
          if (every ? e > either[to] : e < either[to]) either[to] = e;
        }
      }
    }
    for (const values of Object.values(made)) {
      for (let i = 0; i < rows; i += 1) values[i * wide + columns] = values[i * wide];
    }
    return made;
  };

  // [before, after] of one pair at one place.
  const at = (steps, delay, [place, v, u]) => {
    const [low, share] = between(delay);
    const high = Math.min(low + 1, delays.length - 1);
    const wide = columns + 1;
    const i = Math.floor(place / wide);
    const j = place % wide;
    const corner = (d, part, di, dj) =>
      step * steps[(part * delays.length + d) * plane + (i + di) * columns + ((j + dj) % columns)];
    const level = (d, part) => {
      const south = corner(d, part, 0, 0) + u * (corner(d, part, 0, 1) - corner(d, part, 0, 0));
      const north = corner(d, part, 1, 0) + u * (corner(d, part, 1, 1) - corner(d, part, 1, 0));
      return south + v * (north - south);
    };
    return [0, 1].map((part) => level(low, part) + share * (level(high, part) - level(low, part)));
  };

  // Where a place lies in the grid: index of its lower left point, shares up and right.
  const spot = (lon, lat) => {
    const y = ((lat - data.grid.south) / (data.grid.north - data.grid.south)) * (rows - 1);
    const x = (((((lon - data.grid.west) / 360) * columns) % columns) + columns) % columns;
    const i = Math.min(Math.max(Math.floor(y), 0), rows - 2);
    const j = Math.min(Math.floor(x), columns - 1);
    return [i * (columns + 1) + j, y - i, x - j];
  };
  const read = (values, [at, v, u]) => {
    const up = at + columns + 1;
    const low = values[at] + u * (values[at + 1] - values[at]);
    return low + v * (values[up] + u * (values[up + 1] - values[up]) - low);
  };
  return { load, field, at, spot, read, between, wide: columns + 1 };
};
