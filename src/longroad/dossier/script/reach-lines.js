// Lines of equal value on a raster, by marching squares; chains of points in raster units.
const linesAt = (values, columns, rows, level) => {
  const follow = new Map();
  const at = (i, j) => values[i * columns + j];
  const key = (i, j, down) => (i * columns + j) * 2 + down;
  // Edges of a cell: top, right, bottom, left; the inside (values at most the level) on the left.
  const cases = {
    1: [[3, 0]], 2: [[0, 1]], 3: [[3, 1]], 4: [[1, 2]], 6: [[0, 2]], 7: [[3, 2]], 8: [[2, 3]],
    9: [[2, 0]], 11: [[2, 1]], 12: [[1, 3]], 13: [[1, 0]], 14: [[0, 3]],
  };
  for (let i = 0; i < rows - 1; i += 1) {
    for (let j = 0; j < columns - 1; j += 1) {
      const [a, b, c, d] = [at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)];
      const kind = (a <= level) + 2 * (b <= level) + 4 * (c <= level) + 8 * (d <= level);
      if (kind === 0 || kind === 15) continue;
      let segments = cases[kind];
      if (!segments) {
        const joined = (a + b + c + d) / 4 <= level;
        if (kind === 5) segments = joined ? [[1, 0], [3, 2]] : [[3, 0], [1, 2]];
        else segments = joined ? [[0, 3], [2, 1]] : [[0, 1], [2, 3]];
      }
      const edges = [key(i, j, 0), key(i, j + 1, 1), key(i + 1, j, 0), key(i, j, 1)];
      for (const [from, to] of segments) follow.set(edges[from], edges[to]);
    }
  }
  const point = (edge) => {
    const down = edge % 2;
    const cell = (edge - down) / 2;
    const i = Math.floor(cell / columns);
    const j = cell % columns;
    const a = at(i, j);
    const b = at(i + down, j + 1 - down);
    const share = b === a ? 0.5 : (level - a) / (b - a);
    return down ? [j, i + share] : [j + share, i];
  };
  // Open chains first, from the edges that nothing leads to; then what goes round.
  const led = new Set(follow.values());
  const chains = [];
  const walk = (start) => {
    const chain = [point(start)];
    let now = start;
    while (follow.has(now)) {
      const next = follow.get(now);
      follow.delete(now);
      chain.push(point(next));
      now = next;
    }
    chains.push(chain);
  };
  for (const edge of [...follow.keys()]) if (!led.has(edge)) walk(edge);
  for (const edge of [...follow.keys()]) if (follow.has(edge)) walk(edge);
  return chains;
};
