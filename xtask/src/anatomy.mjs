// Prints what the program's files consist of: for each room of the source, and each package, how many functions came out
// of it, their bytes, and how many bytes they add to the file when it is compressed (brotli, level 9, the whole file
// against the file without them). Data (texts, tables) is a row of its own. Arguments: wasm files with their names.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Rows that weigh less are left out. */
const LEAST = 2500;
/** Rooms that are large enough to be told apart further. */
const DEEP = ['ui', 'control_plane', 'dialects', 'data_plane'];

const [IMPORTS, CODE, DATA, CUSTOM] = [2, 10, 11, 0];
const FUNCTION_NAMES = 1;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let [value, factor, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  text() {
    return this.take(this.number()).toString();
  }
  get more() {
    return this.at < this.bytes.length;
  }
}

/** How many functions a file imports: they come first in the numbering. */
function importedFunctions(section) {
  let functions = 0;
  const limits = () => {
    const flags = section.byte();
    section.number();
    if (flags & 1) section.number();
  };
  for (let left = section.number(); left > 0; left--) {
    section.text();
    section.text();
    const kind = section.byte();
    if (kind === 0) {
      functions += 1;
      section.number();
    } else if (kind === 1) {
      section.byte();
      limits();
    } else if (kind === 2) {
      limits();
    } else {
      section.take(2);
    }
  }
  return functions;
}

function functionNames(section) {
  const names = new Map();
  while (section.more) {
    const kind = section.byte();
    const part = new Reader(section.take(section.number()));
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left--) names.set(part.number(), part.text());
  }
  return names;
}

function read(file) {
  const program = new Reader(readFileSync(file));
  program.take(8);
  const found = { data: Buffer.alloc(0), rest: [], bodies: [], names: new Map(), imported: 0 };
  while (program.more) {
    const kind = program.byte();
    const bytes = program.take(program.number());
    const section = new Reader(bytes);
    if (kind === CODE) {
      for (let left = section.number(); left > 0; left--) found.bodies.push(section.take(section.number()));
    } else if (kind === DATA) {
      found.data = bytes;
    } else if (kind === CUSTOM) {
      if (section.text() === 'name') found.names = functionNames(section);
    } else {
      if (kind === IMPORTS) found.imported = importedFunctions(section);
      found.rest.push(bytes);
    }
  }
  return found;
}

const SIGNS = { LT: '<', GT: '>', u20: ' ', RF: '&', BP: '*', C: ',', LP: '(', RP: ')', u7b: '{', u7d: '}', u5b: '[', u5d: ']', u27: "'" };

/** A name as it stands in the source: the compiler writes `_ZN4core3fmt…` for `core::fmt`. */
function sourceName(name) {
  if (!name.startsWith('_ZN')) return name;
  const parts = [];
  for (let at = 3; /\d/.test(name[at] ?? ''); ) {
    const digits = /^\d+/.exec(name.slice(at))[0];
    at += digits.length;
    parts.push(name.slice(at, at + Number(digits)));
    at += Number(digits);
  }
  const path = parts.filter((part) => !/^h[0-9a-f]{16}$/.test(part)).map((part) => part.replace(/^_\$/, '$')).join('::');
  return path.replace(/\$(\w+)\$/g, (sign, which) => SIGNS[which] ?? sign).replaceAll('..', '::');
}

/** The room of the source, or the package, that a function came out of. */
function room(name) {
  const source = sourceName(name);
  const ours = /stagecraft((?:::\w+)+)/.exec(source);
  if (ours) {
    const path = ours[1].split('::').slice(1);
    return path.slice(0, DEEP.includes(path[0]) ? 2 : 1).join('::');
  }
  const whose = /^[<&([ *]*(?:mut |dyn |impl )*(\w+)/.exec(source);
  return `package ${whose ? whose[1] : '?'}`;
}

const squeeze = (parts) =>
  brotliCompressSync(Buffer.concat(parts), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

function table(file) {
  const { data, rest, bodies, names, imported } = read(file);
  const functions = bodies.map((body, at) => ({ room: room(names.get(imported + at) ?? ''), body }));
  const whole = squeeze([...rest, ...bodies, data]);
  const rooms = new Map();
  for (const { room, body } of functions) {
    const row = rooms.get(room) ?? { room, count: 0, raw: 0 };
    row.count += 1;
    row.raw += body.length;
    rooms.set(room, row);
  }
  const rows = [...rooms.values()].filter(({ raw }) => raw >= LEAST).sort((a, b) => b.raw - a.raw);
  for (const row of rows) {
    const others = functions.filter(({ room }) => room !== row.room).map(({ body }) => body);
    row.adds = whole - squeeze([...rest, ...others, data]);
  }
  rows.push({ room: 'data: texts and tables', count: 0, raw: data.length, adds: whole - squeeze([...rest, ...bodies]) });
  const line = (name, count, raw, adds) => `  ${name.padEnd(36)} ${String(count).padStart(9)} ${String(raw).padStart(9)} ${String(adds).padStart(9)}`;
  console.log(`\n${basename(file)}: ${whole} bytes compressed`);
  console.log(line('room or package', 'functions', 'raw', 'adds'));
  for (const { room, count, raw, adds } of rows) console.log(line(room, count || '', raw, adds));
}

process.argv.slice(2).forEach(table);
