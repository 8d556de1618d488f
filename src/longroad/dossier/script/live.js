// The interactive map. Data and drawing come from the page; nothing is fetched.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const root = document.documentElement;
const stage = document.getElementById("live");

const start = async () => {
  const packed = await inflate(document.getElementById("live-data").textContent);
  const data = JSON.parse(new TextDecoder().decode(packed));
  const drawing = document.getElementById("live-drawing");
  const cells = drawing.querySelector(".cells");
  const outline = drawing.querySelector(".chosen");
  const panel = document.getElementById("live-panel");
  const note = document.getElementById("live-note");
  const hint = panel.innerHTML;

  // A hexagon is a corner and steps, in tenths of a pixel.
  const grids = data.grids.map((grid) =>
    grid.rings.map(([x, y, ...steps]) => `M${x},${y}l${steps.join(" ")}z`),
  );

  const colour = (value) => {
    if (value < 0) return "url(#hatch)";
    if (value <= 0) return data.colours[0];
    if (value < 500) return data.colours[1];
    return value < 1000 ? data.colours[2] : data.colours[3];
  };
  const chosen = (name) => stage.querySelector(`input[name="live-${name}"]:checked`).value;
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.round(s) % 60).padStart(2, "0")}`;
  // Whole percent, except where that would say 0 or 100 falsely.
  const percent = (v) => {
    const whole = v === 0 || v === 1000 || (v >= 5 && v < 995);
    return data.words.percent.replace("%%", whole ? String(Math.round(v / 10)) : (v / 10).toFixed(1));
  };

  const state = () => {
    const party = chosen("party");
    const quantity = chosen("quantity");
    const variant = chosen("variant");
    const layer = data.layers[`${party}/${variant}/${chosen("missile")}`];
    const side = quantity === "best" ? "fine" : "coarse";
    const values = layer ? layer[side] : undefined;
    return { party, variant, quantity, values, fine: side === "fine" };
  };

  const line = (list, name, value) => {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = value;
    list.append(dt, dd);
  };

  const describe = (index) => {
    const now = state();
    const values = now.values;
    const grid = data.grids[values.grid];
    const head = document.createElement("h4");
    head.textContent = data.countries[grid.country[index]];
    const list = document.createElement("dl");
    line(list, data.words.area, `${grid.area[index].toLocaleString("en")} km²`);
    line(list, data.words.people, grid.people[index].toLocaleString("en"));
    const value = values[now.quantity][index];
    const foot = document.createElement("p");
    if (value < 0) {
      foot.textContent = data.words.out_of_reach;
    } else {
      line(list, data.words.arcs, String(values.arcs[index]));
      line(list, data.words.value, percent(value));
      if (now.fine && values.first[index] >= 0) {
        line(list, data.words.battery, data.batteries[values.first[index]]);
      }
      if (now.fine && values.opens[index] >= 0) {
        line(list, data.words.opens, data.words.after.replace("%", clock(values.opens[index])));
        line(list, data.words.closes, data.words.after.replace("%", clock(values.closes[index])));
      }
      if (value === 0) foot.textContent = data.words.no_window;
    }
    panel.replaceChildren(head, list, foot);
  };

  let drawn;
  const lay = (paths) => {
    if (paths === drawn) return;
    drawn = paths;
    const made = paths.map((path, index) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", "path");
      one.setAttribute("d", path);
      one.dataset.index = index;
      return one;
    });
    cells.replaceChildren(...made);
  };

  const draw = () => {
    const now = state();
    lay(now.values ? grids[now.values.grid] : []);
    [...cells.children].forEach((one, index) => {
      one.setAttribute("fill", colour(now.values[now.quantity][index]));
    });
    outline.removeAttribute("d");
    for (const one of drawing.querySelectorAll("[data-symbols]")) {
      const shown = one.dataset.symbols === `${now.party}/${now.variant}`;
      one.setAttribute("display", shown ? "inline" : "none");
    }
    panel.innerHTML = hint;
    const quantity = stage.querySelector('input[name="live-quantity"]:checked');
    const title = `${data.missiles[chosen("missile")]}, ${data.variants[now.variant]}`;
    note.textContent = `${title}. ${quantity.getAttribute("data-note")}`;
    stage.querySelector(".legend p").textContent = quantity.getAttribute("data-legend");
  };

  const point = (event) => {
    const index = event.target.dataset.index;
    if (index === undefined) return;
    describe(Number(index));
    outline.setAttribute("d", drawn[index]);
  };
  cells.addEventListener("mouseover", point);
  cells.addEventListener("click", point);
  stage.addEventListener("change", draw);

  draw();
  stage.classList.add("is-live");
};

// Tables behind "the same in numbers" are printed open.
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
});

if (stage) {
  start()
    .then(() => {
      root.dataset.live = "ready";
    })
    .catch((fault) => {
      root.dataset.live = "failed";
      console.error(fault);
    })
    .finally(() => {
      window.ready = true;
    });
}
