// The picture: shading, lines of equal speed, flights, launch sites and their names.
const makePainter = (data, surface) => {
  const { colours, levels } = data;
  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const packedColour = (hex) => {
    const [r, g, b] = rgb(hex);
    return (255 << 24) | (b << 16) | (g << 8) | r;
  };
  const early = colours.before.map(packedColour);
  const late = colours.after.map(packedColour);
  const bandOf = new Uint8Array(1300);
  for (let i = 0; i < bandOf.length; i += 1) {
    bandOf[i] = levels.filter((level) => level < (i + 0.5) / 100).length;
  }
  const land = [];
  const openLand = async () => {
    const bytes = await inflate(data.land.packed);
    const flat = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    for (let at = 0; at < flat.length; ) {
      const count = flat[at];
      let [x, y] = [flat[at + 1], flat[at + 2]];
      const ring = [[x / data.land.unit, y / data.land.unit]];
      for (let k = 1; k < count; k += 1) {
        x += flat[at + 1 + 2 * k];
        y += flat[at + 2 + 2 * k];
        ring.push([x / data.land.unit, y / data.land.unit]);
      }
      land.push(ring);
      at += 1 + 2 * count;
    }
  };

  // Everything of a map that does not change with the sliders.
  const prepare = (map, width, height) => {
    const path = new Path2D();
    const turns = map.round ? [0] : [-360, 0, 360];
    for (const ring of land) {
      for (const turn of turns) {
        let far = false;
        const flat = ring.map(([lon, lat]) => {
          const p = map.project(lon + turn, lat);
          if (map.round && Math.hypot(p[0] - map.x0, p[1] - map.y0) > 1.96 * map.scale) far = true;
          return p;
        });
        // A coast about the far side of the Earth would be turned inside out; it is off the map.
        if (far) continue;
        flat.forEach((p, k) => (k ? path.lineTo(...p) : path.moveTo(...p)));
        path.closePath();
      }
    }
    const net = new Path2D();
    const line = (points) => {
      let before = null;
      for (const [lon, lat] of points) {
        const p = map.project(lon, lat);
        if (before && Math.hypot(p[0] - before[0], p[1] - before[1]) < 0.25 * width) net.lineTo(...p);
        else net.moveTo(...p);
        before = p;
      }
    };
    for (let lon = -180; lon < 180; lon += 30) {
      const east = map.round ? lon : map.lon0 + lon;
      line(Array.from({ length: 81 }, (_, k) => [east, 2 * k - 80]));
    }
    for (let lat = -60; lat <= 80; lat += 20) {
      line(Array.from({ length: 121 }, (_, k) => [map.lon0 - 180 + 3 * k, lat]));
    }
    const cell = width > 500 ? 3 : 2;
    const [columns, rows] = [Math.ceil(width / cell) + 3, Math.ceil(height / cell) + 3];
    const lookup = (step, across, down, offset) => {
      const count = across * down;
      const made = { at: new Int32Array(count), v: new Float32Array(count), u: new Float32Array(count) };
      for (let i = 0, k = 0; i < down; i += 1) {
        for (let j = 0; j < across; j += 1, k += 1) {
          const [lon, lat] = map.invert((j + offset) * step, (i + offset) * step);
          [made.at[k], made.v[k], made.u[k]] = surface.spot(lon, lat);
        }
      }
      return made;
    };
    const outline = new Path2D();
    map.edge(outline);
    return {
      map, width, height, path, net, outline, cell, columns, rows,
      fine: lookup(1, width, height, 0.5),
      coarse: lookup(cell, columns, rows, -1),
      image: new ImageData(width, height),
    };
  };

  const sampled = (values, { at, v, u }) => {
    const made = new Float32Array(at.length);
    const wide = surface.wide;
    for (let k = 0; k < at.length; k += 1) {
      const a = at[k];
      const low = values[a] + u[k] * (values[a + 1] - values[a]);
      const up = values[a + wide] + u[k] * (values[a + wide + 1] - values[a + wide]);
      made[k] = low + v[k] * (up - low);
    }
    return made;
  };

  // What is shaded: [values, colours] in the order of precedence, by the part of the flight.
  const layersOf = (field, part) => {
    if (part === "before-apogee") return [[field.before, early]];
    if (part === "after-apogee") return [[field.after, late]];
    return [[field.before, early], [field.either, late]];
  };

  const shade = (stage, field, speed, part) => {
    const pixels = new Uint32Array(stage.image.data.buffer);
    pixels.fill(0);
    const layers = layersOf(field, part).reverse();
    for (const [values, ramp] of layers) {
      const found = sampled(values, stage.fine);
      for (let k = 0; k < pixels.length; k += 1) {
        if (found[k] <= speed) pixels[k] = ramp[bandOf[(found[k] * 100) | 0]];
      }
    }
  };

  const strokeChains = (context, stage, chains, style) => {
    Object.assign(context, style);
    context.beginPath();
    for (const chain of chains) {
      chain.forEach(([j, i], k) => {
        const p = [(j - 1) * stage.cell, (i - 1) * stage.cell];
        if (k) context.lineTo(...p);
        else context.moveTo(...p);
      });
    }
    context.stroke();
  };

  const halo = (context, words, x, y, { colour, weight, size, align }) => {
    context.font = `${weight} ${size}px Inter, system-ui, sans-serif`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.2;
    context.strokeStyle = "rgba(255,255,255,0.9)";
    context.strokeText(words, x, y);
    context.fillStyle = colour;
    context.fillText(words, x, y);
  };

  const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  // Names beside their symbols, clear of each other; what finds no place stays without.
  const names = (context, stage, wanted, marks, taken) => {
    for (const one of wanted) {
      // The two sites that the words speak of are named in any case.
      const clear = one.strong ? taken : [...marks, ...taken];
      const weight = one.strong ? 600 : 400;
      const size = one.strong ? 13 : 11.5;
      context.font = `${weight} ${size}px Inter, system-ui, sans-serif`;
      const wide = context.measureText(one.words).width;
      const gap = one.strong ? 10 : 8;
      const spots = [
        [gap, 0, "left"], [-gap, 0, "right"], [0, -gap - 6, "center"], [0, gap + 6, "center"],
        [6, -gap - 2, "left"], [6, gap + 2, "left"], [-6, -gap - 2, "right"], [-6, gap + 2, "right"],
      ];
      for (const [dx, dy, align] of spots) {
        const x = one.x + dx;
        const y = one.y + dy;
        const left = align === "left" ? x : align === "right" ? x - wide : x - wide / 2;
        const box = [left - 2, y - size / 2 - 2, left + wide + 2, y + size / 2 + 2];
        const off = box[0] < 2 || box[2] > stage.width - 2 || box[1] < 2 || box[3] > stage.height - 2;
        if (off || clear.some((other) => overlaps(box, other))) continue;
        halo(context, one.words, x, y, { colour: one.colour, weight, size, align });
        taken.push(box);
        break;
      }
    }
  };

  const symbol = (context, kind, x, y, strong, colour) => {
    const r = strong ? 6.5 : 4.5;
    context.lineWidth = 1.6;
    context.strokeStyle = "#fff";
    context.fillStyle = colour;
    context.beginPath();
    if (kind === "land") context.arc(x, y, r, 0, 2 * Math.PI);
    else {
      context.moveTo(x, y - r - 1);
      context.lineTo(x + r + 1, y);
      context.lineTo(x, y + r + 1);
      context.lineTo(x - r - 1, y);
      context.closePath();
    }
    if (kind === "area") {
      context.strokeStyle = colour;
      context.fillStyle = "#fff";
      context.fill();
      context.stroke();
      return;
    }
    context.fill();
    context.stroke();
  };

  const box = (context, map, { south, north, west, east }) => {
    const width = (((east - west) % 360) + 360) % 360;
    const steps = 12;
    const side = (f) => Array.from({ length: steps + 1 }, (_, k) => f(k / steps));
    const ring = [
      ...side((k) => [west + k * width, south]),
      ...side((k) => [west + width, south + k * (north - south)]),
      ...side((k) => [west + width - k * width, north]),
      ...side((k) => [west, north - k * (north - south)]),
    ];
    context.beginPath();
    ring.forEach(([lon, lat], k) => {
      const p = map.project(map.round ? lon : map.lon0 + wrap(lon - map.lon0), lat);
      if (k) context.lineTo(...p);
      else context.moveTo(...p);
    });
    context.stroke();
  };

  const tracks = (context, map, flights, bases) => {
    const way = (points) => {
      context.beginPath();
      let before = null;
      for (const [lon, lat] of points) {
        const p = map.project(map.round ? lon : map.lon0 + wrap(lon - map.lon0), lat);
        if (before && Math.hypot(p[0] - before[0], p[1] - before[1]) < 120) context.lineTo(...p);
        else context.moveTo(...p);
        before = p;
      }
      context.stroke();
    };
    const many = flights.length > 3;
    for (const [colour, width] of [["rgba(255,255,255,0.75)", 3.6], [colours.flight, many ? 1.2 : 1.8]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      for (const flight of flights) {
        const k = flight.track.findIndex((p) => p[3] >= flight.apogee);
        const base = bases.find((one) => one.id === flight.base);
        context.setLineDash([]);
        way([[base.lon, base.lat], ...flight.track.slice(0, k + 1)]);
        context.setLineDash(colour === colours.flight ? [5, 4] : []);
        way(flight.track.slice(k));
      }
    }
    context.setLineDash([]);
  };

  const scaleBar = (context, stage) => {
    const perPixel = 6371.0088 / stage.map.scale;
    const km = [100, 200, 500, 1000, 2000, 5000].filter((one) => one / perPixel < 0.2 * stage.width).pop();
    if (!km) return;
    const y = stage.height - 14;
    context.strokeStyle = colours.quiet;
    context.lineWidth = 1.8;
    context.beginPath();
    context.moveTo(12, y);
    context.lineTo(12 + km / perPixel, y);
    context.stroke();
    halo(context, data.words.km.replace("{km}", km.toLocaleString("en")), 18 + km / perPixel, y, {
      colour: colours.quiet, weight: 400, size: 11, align: "left",
    });
  };

  const paint = (canvas, stage, { field, speed, part, force, flights, bases, ends, sites, here, there, pin }) => {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { width, height, map } = stage;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.save();
    context.clip(stage.outline);
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, width, height);
    context.fillStyle = colours.land;
    context.fill(stage.path);

    shade(stage, field, speed, part);
    const sheet = document.createElement("canvas");
    sheet.width = width;
    sheet.height = height;
    sheet.getContext("2d").putImageData(stage.image, 0, 0);
    context.drawImage(sheet, 0, 0, width, height);

    context.fillStyle = "rgba(23,33,43,0.07)";
    context.fill(stage.path);
    context.strokeStyle = "rgba(255,255,255,0.55)";
    context.lineWidth = 0.7;
    context.stroke(stage.path);
    context.strokeStyle = "rgba(90,102,115,0.22)";
    context.lineWidth = 0.6;
    context.stroke(stage.net);

    // Lines: the chosen speed, and what the places beyond would need.
    const marks = [];
    const taken = [];
    const outermost = { "before-apogee": field.before, "after-apogee": field.after }[part] || field.either;
    const coarse = sampled(outermost, stage.coarse);
    const labels = [];
    for (const level of [...levels.filter((one) => one > speed + 0.05), speed]) {
      const chains = linesAt(coarse, stage.columns, stage.rows, level);
      const own = level === speed;
      context.setLineDash(own ? [] : [2, 3]);
      strokeChains(context, stage, chains, own
        ? { strokeStyle: colours.ink, lineWidth: 1.8 }
        : { strokeStyle: "rgba(90,102,115,0.85)", lineWidth: 1 });
      context.setLineDash([]);
      const long = chains.filter((chain) => chain.length * stage.cell > 60);
      long.sort((a, b) => b.length - a.length);
      for (const chain of long.slice(0, own ? 2 : 1)) labels.push([level, chain, own]);
    }
    if (part === "any") {
      const inner = linesAt(sampled(field.before, stage.coarse), stage.columns, stage.rows, speed);
      strokeChains(context, stage, inner, { strokeStyle: colours.ink, lineWidth: 0.9 });
    }

    tracks(context, map, flights, bases);
    context.restore();
    context.strokeStyle = "#c4ccd3";
    context.lineWidth = 1;
    context.stroke(stage.outline);

    const put = (lon, lat) => map.project(map.round ? lon : map.lon0 + wrap(lon - map.lon0), lat);
    const wanted = [];
    const seen = ([x, y]) => x > 0 && y > 0 && x < width && y < height && map.inside(x, y);
    const mark = (x, y) => marks.push([x - 6, y - 6, x + 6, y + 6]);
    const chosen = (site) => site.id === here || site.id === there;
    for (const site of [...sites].sort((a, b) => chosen(a) - chosen(b))) {
      const strong = chosen(site);
      const p = put(site.lon, site.lat);
      if (!seen(p)) continue;
      const colour = strong ? colours.ink : colours.quiet;
      if (site.box) {
        context.strokeStyle = colour;
        context.lineWidth = strong ? 1.8 : 1;
        context.setLineDash([4, 3]);
        box(context, map, site.box);
        context.setLineDash([]);
      }
      symbol(context, site.kind, ...p, strong, colour);
      mark(...p);
      wanted.push({ x: p[0], y: p[1], words: site.label, strong, colour });
    }
    for (const [places, kind] of [[bases, "base"], [ends, "end"]]) {
      for (const place of places) {
        const p = put(place.lon, place.lat);
        if (!seen(p)) continue;
        context.strokeStyle = "#fff";
        context.lineWidth = 4.5;
        context.beginPath();
        if (kind === "base") {
          for (const [dx, dy] of [[1, 1], [1, -1]]) {
            context.moveTo(p[0] - 4.5 * dx, p[1] - 4.5 * dy);
            context.lineTo(p[0] + 4.5 * dx, p[1] + 4.5 * dy);
          }
        } else context.arc(p[0], p[1], 4.5, 0, 2 * Math.PI);
        context.stroke();
        context.strokeStyle = colours.flight;
        context.lineWidth = 2.2;
        context.stroke();
        mark(...p);
        wanted.push({ x: p[0], y: p[1], words: place.label, strong: false, colour: colours.flight });
      }
    }
    wanted.sort((a, b) => b.strong - a.strong);
    names(context, stage, wanted, marks, taken);
    for (const [level, chain, own] of labels) {
      const text = own ? data.words.level.replace("{speed}", level.toFixed(2).replace(/0$/, "")) : level.toFixed(1);
      for (const share of [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]) {
        const [j, i] = chain[Math.floor(share * (chain.length - 1))];
        const [x, y] = [(j - 1) * stage.cell, (i - 1) * stage.cell];
        const half = 4 + 3.4 * text.length;
        const area = [x - half, y - 8, x + half, y + 8];
        const off = area[0] < 4 || area[1] < 4 || area[2] > width - 4 || area[3] > height - 4;
        if (off || !map.inside(x, y) || [...marks, ...taken].some((other) => overlaps(area, other))) continue;
        halo(context, text, x, y, {
          colour: own ? colours.ink : colours.quiet, weight: own ? 600 : 400, size: 11, align: "center",
        });
        taken.push(area);
        break;
      }
    }
    if (map.round) scaleBar(context, stage);
    if (pin) {
      const [x, y] = put(pin[0], pin[1]);
      for (const [colour, wide] of [["#fff", 5], [colours.ink, 2]]) {
        context.strokeStyle = colour;
        context.lineWidth = wide;
        context.beginPath();
        for (const [dx, dy] of [[0, -1], [0, 1], [-1, 0], [1, 0]]) {
          context.moveTo(x + 4 * dx, y + 4 * dy);
          context.lineTo(x + 12 * dx, y + 12 * dy);
        }
        context.stroke();
      }
    }
  };
  return { openLand, prepare, paint, bandOf };
};
