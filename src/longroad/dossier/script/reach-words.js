// Sentences of the explorer, from the message table's patterns; the twin of reach_words.py.
const makeWords = (data, surface) => {
  const { words } = data;
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // The same, with what was filled in set in bold.
  const fillInto = (element, pattern, values) => {
    element.replaceChildren(
      ...pattern.split(/(\{\w+\})/).map((piece) => {
        const name = /^\{(\w+)\}$/.exec(piece);
        if (!name) return document.createTextNode(piece);
        const bold = document.createElement("b");
        bold.textContent = values[name[1]];
        return bold;
      }),
    );
  };
  const one = (value) => value.toFixed(1);
  // A speed the reader chose: two digits where the second says something.
  const chosen = (value) => value.toFixed(2).replace(/0$/, "");
  const place = (site) => (site.kind === "area" ? fill(words.area, { name: site.name }) : site.name);

  // What a site needs against each pair at a delay: [before, after] in km/s, Infinity for never.
  const needs = (site, pairs, delay) => {
    const [low, share] = surface.between(delay);
    const high = Math.min(low + 1, data.grid.delays.length - 1);
    return pairs.map((flight) => {
      const at = (d, part) => {
        const value = data.siteSpeeds[((site.row * data.pairs + flight.n) * data.grid.delays.length + d) * 2 + part];
        return value < 0 ? Infinity : value / 100;
      };
      return [0, 1].map((part) => {
        const [a, b] = [at(low, part), at(high, part)];
        return share > 0 ? a + share * (b - a) : a;
      });
    });
  };
  const tally = (site, pairs, view) => {
    const found = needs(site, pairs, view.delay);
    const within = (value) => value <= view.speed + 1e-9;
    const wanted = found.map(([before, after]) => {
      if (view.part === "before-apogee") return before;
      return view.part === "after-apogee" ? after : Math.min(before, after);
    });
    return {
      pairs: found.length,
      reached: wanted.filter(within).length,
      before: found.filter(([before]) => within(before)).length,
      late: found.filter(([before, after]) => !within(before) && within(after)).length,
      least: Math.min(...wanted),
      most: Math.max(...wanted),
      needs: found,
    };
  };

  const parts = (count, view) => {
    if (view.part === "before-apogee") return words.only_before;
    if (view.part === "after-apogee") return words.only_late;
    if (!count.reached || count.pairs === 1) return "";
    return fill(words.parts, { before: count.before, late: count.late });
  };
  // A speed that is needed is rounded up, as the slider has it.
  const needed = (value) => one(Math.ceil(10 * value - 1e-6) / 10);
  const speedOf = (value) => (Number.isFinite(value) ? fill(words.speed, { speed: needed(value) }) : null);

  // The sentence above the map; values in bold.
  const say = (element, view, pairs, here, there) => {
    const head = { speed: chosen(view.speed), delay: Math.round(view.delay) };
    const sites = [here, there].filter(Boolean);
    const counts = sites.map((site) => tally(site, pairs, view));
    const values = { ...head };
    let pattern = words.head;
    sites.forEach((site, k) => {
      const count = counts[k];
      const own = (text) => text.replace(/\{(\w+)\}/g, `{$1_${k}}`);
      values[`place_${k}`] = place(site);
      values[`n_${k}`] = count.reached;
      values[`m_${k}`] = count.pairs;
      values[`least_${k}`] = speedOf(count.least);
      const single = count.reached ? words.single_yes : words.single_no;
      const never = count.pairs === 1 && !Number.isFinite(count.least) ? words.single_never : single;
      pattern += (k ? words.also : "") + own(count.pairs === 1 ? never : words.many[k ? 1 : 0]);
      pattern += parts(count, view);
    });
    fillInto(element, sites.length ? `${pattern}.` : words.no_site, values);
    return counts;
  };
  const sayMore = (sites, counts) =>
    sites
      .map((site, k) => {
        const { least, most, pairs } = counts[k];
        if (pairs === 1) return "";
        if (!Number.isFinite(least)) return fill(words.never, { place: place(site), greatest: one(data.greatest) });
        return Number.isFinite(most)
          ? fill(words.threshold, { place: place(site), least: speedOf(least), most: speedOf(most) })
          : fill(words.threshold_open, { place: place(site), least: speedOf(least), greatest: one(data.greatest) });
      })
      .filter(Boolean)
      .join(" ");

  const degrees = (lon, lat) =>
    fill(words.point, {
      lat: Math.abs(lat).toFixed(1),
      ns: lat < 0 ? words.south : words.north,
      lon: Math.abs(lon).toFixed(1),
      ew: lon < 0 ? words.west : words.east,
    });
  // How and when the least speed meets the missile, before its apogee or late.
  const meeting = (met, part) => {
    if (!met || !(met.speed <= data.greatest)) return null;
    const kind = part === "after" ? words.late : met.crossing < 90 ? words.overtaking : words.ahead;
    return fill(words.meeting, {
      kind,
      speed: needed(met.speed),
      minutes: one(met.time / 60),
      altitude: (Math.round(met.altitude / 10) * 10).toLocaleString("en"),
    });
  };
  return { fill, fillInto, one, chosen, place, tally, say, sayMore, speedOf, degrees, meeting };
};
