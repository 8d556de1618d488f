// The reach explorer: controls, the address of a view, and what the reader points at.
const startReach = async (stageOf) => {
  const data = read("reach-data");
  const surface = makeSurface(data);
  const solver = makeSolver(data.interceptor);
  const painter = makePainter(data, surface);
  const packedSpeeds = await inflate(data.sitesPacked);
  data.siteSpeeds = new Int16Array(packedSpeeds.buffer.slice(packedSpeeds.byteOffset, packedSpeeds.byteOffset + packedSpeeds.length));
  const words = makeWords(data, surface);
  await painter.openLand();
  const find = (id) => document.getElementById(`reach-${id}`);
  const form = stageOf.querySelector("form");
  const canvas = find("map");
  const field = (name) => form.elements[name];
  const siteOf = (id) => data.sites.find((site) => site.id === id);
  // A force by its id, several with commas, or all of a party: "all-<party>".
  const together = new Map(data.forces.map((one) => [one.id, one]));
  const forceOf = (id) => {
    if (!together.has(id)) {
      const owner = id.startsWith("all-") ? id.slice(4) : null;
      const ids = id.split(",");
      const own = data.forces.filter((one) => (owner ? one.owner === owner : ids.includes(one.id)));
      const each = (name) => [...new Map(own.flatMap((one) => one[name]).map((one) => [one.id, one])).values()];
      const flights = own.flatMap((one) => one.flights);
      together.set(id, own.length && (owner || own.length === ids.length) ? {
        id, owner: own[0].owner, bases: each("bases"), ends: each("ends"), flights,
        name: words.fill(data.words.several, { count: own.length, pairs: flights.length }),
      } : null);
    }
    return together.get(id);
  };

  const opening = { ...data.opening };
  const view = { ...opening };
  let pin = null;
  let pointed = null;
  let stage = null;
  let fields = null;
  let loaded = [];

  const force = () => forceOf(view.missiles);
  const pairs = () =>
    force().flights.filter(
      (one) => (view.from === "all" || one.base === view.from) && (view.to === "all" || one.end === view.to),
    );

  // The site on land and the one at sea that need least, of whoever does not own the missiles;
  // against the missiles of the opening view the opening's own.
  const choosePlaces = () => {
    if (force().owner === forceOf(opening.missiles).owner) {
      [view.site, view.and] = [opening.site, opening.and];
      return;
    }
    const column = data.grid.delays.reduce((best, delay, k) =>
      (Math.abs(delay - view.delay) < Math.abs(data.grid.delays[best] - view.delay) ? k : best), 0);
    const least = (sites) => {
      const found = sites
        .filter((site) => site.owner !== force().owner)
        .map((site) => [words.tally(site, pairs(), { ...view, part: "any", delay: data.grid.delays[column] }).least, site.id]);
      found.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
      return found.length ? found[0][1] : "";
    };
    view.site = least(data.sites.filter((site) => site.kind === "land"));
    view.and = least(data.sites.filter((site) => site.kind !== "land"));
  };

  // --- the address of a view -------------------------------------------------------------------
  const fragment = () => {
    const named = new URLSearchParams();
    const values = { ...view, speed: words.chosen(view.speed), delay: Math.round(view.delay) };
    for (const name of Object.keys(opening)) named.set(name, values[name] || "none");
    if (pin) named.set("pin", `${pin[1].toFixed(1)},${pin[0].toFixed(1)}`);
    return `#reach?${named}`;
  };
  const number = (text, [low, high], otherwise) => {
    const value = parseFloat(text);
    return value >= low && value <= high ? value : otherwise;
  };
  const adopt = (hash) => {
    const [anchor, query] = hash.split("?");
    if (anchor !== "#reach" || !query) return false;
    const named = new URLSearchParams(query);
    const pick = (name, known) => {
      if (known.includes(named.get(name))) view[name] = named.get(name);
    };
    if (forceOf(named.get("missiles") || "")) view.missiles = named.get("missiles");
    view.from = "all";
    view.to = "all";
    pick("from", force().bases.map((one) => one.id));
    pick("to", force().ends.map((one) => one.id));
    if (!pairs().length) view.to = "all";
    view.speed = number(named.get("speed"), data.speeds, view.speed);
    view.delay = number(named.get("delay"), [data.grid.delays[0], data.grid.delays[data.grid.delays.length - 1]], view.delay);
    for (const name of ["part", "count", "map"]) pick(name, [...field(name)].map((one) => one.value));
    const known = data.sites.filter((one) => one.owner !== force().owner).map((one) => one.id);
    choosePlaces();
    pick("site", known);
    pick("and", known);
    if (named.get("and") === "none") view.and = "";
    const spot = (named.get("pin") || "").split(",").map(Number);
    pin = spot.length === 2 && spot.every(Number.isFinite) && Math.abs(spot[0]) <= 90 ? [wrap(spot[1]), spot[0]] : null;
    return true;
  };

  // --- controls --------------------------------------------------------------------------------
  const option = (value, label) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = label;
    return made;
  };
  const fillPlaces = () => {
    const { bases, ends, flights, owner } = force();
    const flown = (name, id) => flights.some((one) => one[name] === id);
    field("from").replaceChildren(
      option("all", words.fill(data.words.all_bases, { count: bases.length })),
      ...bases.filter((one) => flown("base", one.id)).map((one) => option(one.id, one.name)),
    );
    field("to").replaceChildren(
      option("all", words.fill(data.words.all_ends, { count: ends.length })),
      ...ends.filter((one) => flown("end", one.id)).map((one) => option(one.id, one.name)),
    );
    for (const name of ["site", "and"]) {
      const groups = new Map();
      for (const site of data.sites) {
        if (site.owner === owner) continue;
        if (!groups.has(site.ownerName)) {
          const group = document.createElement("optgroup");
          group.label = site.ownerName;
          groups.set(site.ownerName, group);
        }
        groups.get(site.ownerName).append(option(site.id, words.place(site)));
      }
      field(name).replaceChildren(...(name === "and" ? [option("", data.words.nothing)] : []), ...groups.values());
      const known = [...field(name).options].map((one) => one.value);
      if (!known.includes(view[name])) view[name] = known[0] || "";
    }
  };
  const show = () => {
    const list = field("missiles");
    if (![...list.options].some((one) => one.value === view.missiles)) {
      list.append(option(view.missiles, force().name));
    }
    list.value = view.missiles;
    fillPlaces();
    for (const name of ["from", "to", "site", "and"]) field(name).value = view[name];
    for (const name of ["speed", "delay"]) field(name).value = view[name];
    for (const name of ["part", "count", "map"]) field(name).value = view[name];
    outputs();
  };
  const outputs = () => {
    find("speed-value").textContent = words.fill(data.words.speed, { speed: words.chosen(view.speed) });
    find("delay-value").textContent = words.fill(data.words.delay, { delay: Math.round(view.delay) });
    field("speed").setAttribute("aria-valuetext", find("speed-value").textContent);
    field("delay").setAttribute("aria-valuetext", find("delay-value").textContent);
    find("count").hidden = pairs().length < 2;
    // Interceptors of the party that the words speak of.
    const asked = siteOf(view.site);
    for (const row of find("published").querySelectorAll("p")) {
      row.hidden = asked && !row.getAttribute("data-owners").split(" ").includes(asked.owner);
    }
    for (const chip of find("published").querySelectorAll("button")) {
      chip.setAttribute("aria-pressed", Math.abs(Number(chip.value) - view.speed) < 0.001);
    }
  };

  // --- the picture -----------------------------------------------------------------------------
  const frame = () => {
    const width = Math.round(canvas.parentElement.clientWidth);
    const height = Math.round(width * (width < 520 ? 0.95 : width < 760 ? 0.75 : 0.62));
    const { bases, ends, flights } = force();
    const points = [...bases, ...ends].map((one) => [one.lon, one.lat]);
    const chosen = [siteOf(view.site), siteOf(view.and)].filter(Boolean);
    let map;
    if (view.map === "world") {
      const turn = around(points, 10, 10).lon0;
      map = equalEarth(points.length ? 30 * Math.round(turn / 30) : 0, width, Math.round(width * 0.5));
      return { map, width, height: Math.round(width * 0.5) };
    }
    if (view.map === "pole") {
      const lats = [...points.map((one) => one[1]), ...chosen.map((one) => one.lat)];
      const lowest = Math.min(Math.max(Math.min(...lats) - 8, 5), 50);
      map = polar(chosen.length ? chosen[0].lon : 0, lowest, width, height);
    } else if (view.map === "sites") {
      const owner = chosen.length ? chosen[0].owner : null;
      const near = data.sites.filter((site) => site.owner === owner);
      const wide = near.flatMap(({ lon, lat }) => [[lon - 8, lat], [lon + 8, lat], [lon, Math.max(lat - 6, -89)], [lon, Math.min(lat + 6, 89)]]);
      map = around(wide.length ? wide : points, width, height);
    } else {
      for (const flight of flights) {
        flight.track.forEach((p, k) => k % 6 === 0 && points.push([p[0], p[1]]));
      }
      map = around([...points, ...chosen.map((one) => [one.lon, one.lat])], width, height);
    }
    return { map, width, height };
  };
  const reframe = () => {
    const { map, width, height } = frame();
    stage = painter.prepare(map, width, height);
    canvas.style.height = `${height}px`;
  };
  const paint = () => {
    const chosen = pairs();
    const { bases, ends, owner } = force();
    painter.paint(canvas, stage, {
      field: fields,
      speed: view.speed,
      part: view.part,
      flights: chosen,
      bases: bases.filter((one) => chosen.some((flight) => flight.base === one.id)),
      ends: ends.filter((one) => chosen.some((flight) => flight.end === one.id)),
      sites: data.sites.filter((site) => site.owner !== owner),
      here: view.site,
      there: view.and,
      pin: pin || pointed,
    });
  };

  // --- words -----------------------------------------------------------------------------------
  const describe = () => {
    const sites = [siteOf(view.site), siteOf(view.and)].filter(Boolean);
    const counts = words.say(find("say"), view, pairs(), ...sites);
    find("more").textContent = words.sayMore(sites, counts);
    canvas.setAttribute("aria-label", `${find("say").textContent} ${data.words.map_keys}`);
    table();
  };
  const table = () => {
    const body = find("sites").tBodies[0];
    const rows = [];
    const counted = data.sites
      .filter((site) => site.owner !== force().owner)
      .map((site) => [site, words.tally(site, pairs(), { ...view, part: "any" })]);
    counted.sort((a, b) => a[1].least - b[1].least || a[0].row - b[0].row);
    for (const [site, count] of counted) {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = site.name;
      const kind = document.createElement("small");
      kind.textContent = data.words.kinds[site.kind];
      head.append(" ", kind);
      row.append(head);
      const least = (part) => words.speedOf(Math.min(...count.needs.map((one) => one[part]))) || data.words.none;
      for (const text of [
        site.ownerName,
        words.fill(data.words.of, { n: count.before, m: count.pairs }),
        words.fill(data.words.of, { n: count.late, m: count.pairs }),
        least(0),
        least(1),
      ]) {
        const cell = document.createElement("td");
        cell.textContent = text;
        row.append(cell);
      }
      if (site.id === view.site || site.id === view.and) row.className = "chosen";
      rows.push(row);
    }
    body.replaceChildren(...rows);
  };
  // What is needed from one place: the surface for all pairs, the full solution for the nearest.
  const readOut = (place) => {
    const chosen = pairs();
    const spot = surface.spot(...place);
    const part = { "before-apogee": ["before"], "after-apogee": ["after"] }[view.part] || ["before", "after"];
    const every = view.count === "every" && chosen.length > 1;
    let best = null;
    let within = 0;
    loaded.forEach((steps, k) => {
      const [before, after] = surface.at(steps, view.delay, spot);
      const needed = Math.min(...part.map((name) => (name === "before" ? before : after)));
      if (needed <= view.speed) within += 1;
      if (!best || (every ? needed > best.needed : needed < best.needed)) best = { needed, flight: chosen[k] };
    });
    const { flight } = best;
    const name = (list, id) => list.find((one) => one.id === id).name;
    const met = part.map((half) => words.meeting(solver.least(flight, ...place, view.delay, half), half)).filter(Boolean);
    const values = {
      point: words.degrees(...place),
      delay: Math.round(view.delay),
      base: name(force().bases, flight.base),
      end: name(force().ends, flight.end),
      greatest: words.one(data.greatest),
    };
    const first = met.length
      ? words.fill(data.words.read, { ...values, met: met.join(data.words.or) })
      : words.fill(data.words.read_none, values);
    const count = words.fill(data.words.read_count, { n: within, m: chosen.length, speed: words.chosen(view.speed) });
    find("read").textContent = chosen.length > 1 ? `${first} ${count}` : first;
  };
  const point = () => {
    const place = pointed || pin;
    if (place) readOut(place);
    else find("read").textContent = data.words.hint;
  };

  // --- keeping all of it together --------------------------------------------------------------
  let turn = 0;
  const update = async ({ reframed = false, quiet = false } = {}) => {
    const mine = (turn += 1);
    const chosen = pairs();
    const opened = await surface.load(chosen.map((one) => one.n));
    if (mine !== turn) return;
    loaded = opened;
    fields = surface.field(loaded, view.delay, view.count === "every");
    if (reframed || !stage) reframe();
    paint();
    outputs();
    describe();
    point();
    if (!quiet) {
      history.replaceState(null, "", fragment());
      root.dataset.reachView = fragment();
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    const { name, value } = event.target;
    if (!(name in view)) return;
    view[name] = name === "speed" || name === "delay" ? Number(value) : value;
    if (name === "missiles") {
      view.from = "all";
      view.to = "all";
      choosePlaces();
      fillPlaces();
    } else if ((name === "from" || name === "to") && !pairs().length) {
      view[name === "from" ? "to" : "from"] = "all";
    }
    for (const one of ["from", "to", "site", "and"]) field(one).value = view[one];
    update({ reframed: ["missiles", "map", "site", "and"].includes(name) });
  });
  find("published").addEventListener("click", (event) => {
    const chip = event.target.closest("button");
    if (!chip) return;
    view.speed = Number(chip.value);
    field("speed").value = view.speed;
    update();
  });
  find("reset").addEventListener("click", () => {
    Object.assign(view, opening);
    pin = null;
    show();
    update({ reframed: true });
  });

  const placeAt = (x, y) => (stage.map.inside(x, y) ? stage.map.invert(x, y) : null);
  let waiting = false;
  const look = (place) => {
    pointed = place;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (pin && !pointed) paint();
      point();
    });
  };
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") look(placeAt(event.offsetX, event.offsetY));
  });
  canvas.addEventListener("pointerleave", () => look(null));
  const fasten = (place) => {
    pin = place;
    pointed = null;
    update();
  };
  canvas.addEventListener("click", (event) => fasten(placeAt(event.offsetX, event.offsetY)));
  canvas.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 40 : 8;
    const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === "Escape") fasten(null);
    if (!way) return;
    event.preventDefault();
    const start = pin ? stage.map.project(...pin) : [stage.width / 2, stage.height / 2];
    const next = placeAt(start[0] + way[0], start[1] + way[1]);
    if (next) fasten(next);
  });

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };
  const hand = async (text, done) => {
    const area = find("copied");
    area.hidden = false;
    area.value = text;
    area.focus();
    area.select();
    find("copied-note").textContent = (await copy(text)) ? done : data.words.copy_by_hand;
  };
  find("link").addEventListener("click", () => {
    const here = window.location.href.split("#")[0];
    hand(`${here}${fragment()}`, data.words.link_copied);
  });
  find("cite").addEventListener("click", () => {
    const said = `${find("say").textContent} ${find("more").textContent}`.trim();
    hand(words.fill(data.words.citation, { ...data.cite, said, view: fragment() }), data.words.citation_copied);
  });

  window.addEventListener("hashchange", () => {
    if (!adopt(window.location.hash)) return;
    show();
    update({ reframed: true }).then(() => document.getElementById("reach").scrollIntoView());
  });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.round(canvas.parentElement.clientWidth);
    if (now === width || !now) return;
    width = now;
    if (stage) update({ reframed: true, quiet: true });
  }).observe(canvas.parentElement);

  const linked = adopt(window.location.hash);
  stageOf.classList.add("is-live");
  show();
  await document.fonts.ready;
  await update({ reframed: true, quiet: !linked });
  if (linked) document.getElementById("reach").scrollIntoView();
  window.longroadReach = { data, view, surface, solver, inflate, inflateByHand, pairs, fields: () => fields };
};

const reachStage = document.getElementById("reach-explorer");
if (reachStage) {
  startReach(reachStage)
    .then(() => {
      root.dataset.reach = "ready";
    })
    .catch((fault) => {
      root.dataset.reach = "failed";
      console.error(fault);
    });
}
