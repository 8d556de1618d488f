// Packed data: base 64 of zlib's deflate. The browser inflates it; where it cannot, we do.
const bytesOf = (text) => {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes;
};

// RFC 1951, after the plan of zlib's "puff": slow, short, complete.
const inflateByHand = (bytes) => {
  let at = 2; // past zlib's header
  let bits = 0;
  let held = 0;
  let out = new Uint8Array(1 << 16);
  let size = 0;
  const room = (more) => {
    if (size + more <= out.length) return;
    const wider = new Uint8Array(Math.max(2 * out.length, size + more));
    wider.set(out);
    out = wider;
  };
  const take = (count) => {
    while (held < count) {
      bits |= bytes[at] << held;
      at += 1;
      held += 8;
    }
    const value = bits & ((1 << count) - 1);
    bits >>>= count;
    held -= count;
    return value;
  };
  const table = (lengths) => {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const offsets = new Uint16Array(16);
    for (let i = 1; i < 16; i += 1) offsets[i] = offsets[i - 1] + counts[i - 1];
    const symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length) symbols[offsets[length]++] = symbol;
    });
    return { counts, symbols };
  };
  const decode = ({ counts, symbols }) => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= take(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("packed data: no such code");
  };
  const steps = (start, plain, extra) => {
    const bases = [];
    const extras = [];
    let base = start;
    for (let i = 0; i < extra; i += 1) {
      const more = Math.max(0, Math.floor(i / plain) - 1);
      bases.push(base);
      extras.push(more);
      base += 1 << more;
    }
    return [bases, extras];
  };
  const [lengthBase, lengthExtra] = steps(3, 4, 28);
  lengthBase.push(258);
  lengthExtra.push(0);
  const [wayBase, wayExtra] = steps(1, 2, 30);
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const codes = (literals, ways) => {
    for (;;) {
      const symbol = decode(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        room(1);
        out[size++] = symbol;
        continue;
      }
      const length = lengthBase[symbol - 257] + take(lengthExtra[symbol - 257]);
      const way = decode(ways);
      const back = wayBase[way] + take(wayExtra[way]);
      room(length);
      for (let i = 0; i < length; i += 1, size += 1) out[size] = out[size - back];
    }
  };
  for (let last = 0; !last; ) {
    last = take(1);
    const kind = take(2);
    if (kind === 0) {
      bits = 0;
      held = 0;
      const length = bytes[at] | (bytes[at + 1] << 8);
      room(length);
      out.set(bytes.subarray(at + 4, at + 4 + length), size);
      at += 4 + length;
      size += length;
    } else if (kind === 1) {
      const fixed = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
      codes(table(fixed), table(new Array(30).fill(5)));
    } else {
      const literals = take(5) + 257;
      const ways = take(5) + 1;
      const own = new Array(19).fill(0);
      for (let i = take(4) + 4, k = 0; k < i; k += 1) own[order[k]] = take(3);
      const short = table(own);
      const lengths = [];
      while (lengths.length < literals + ways) {
        const symbol = decode(short);
        if (symbol < 16) lengths.push(symbol);
        else {
          const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
          const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
          for (let i = 0; i < times; i += 1) lengths.push(value);
        }
      }
      codes(table(lengths.slice(0, literals)), table(lengths.slice(literals)));
    }
  }
  return out.subarray(0, size);
};

const inflate = async (text) => {
  const bytes = bytesOf(text);
  if (typeof DecompressionStream !== "function") return inflateByHand(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
