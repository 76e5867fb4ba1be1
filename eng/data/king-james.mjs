// bible -f 'gen1:1-rev22:21' | node eng/data/king-james.mjs TO: the verses of Debian's bible-kjv-text as JSON Lines.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const expected = 31102;
const verses = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => {
  const [, place, verse] = /^(\S+) (.+)$/.exec(line) ?? (() => { throw new Error(`not a verse: ${line}`); })();
  return JSON.stringify({ place, verse });
});
if (verses.length !== expected) throw new Error(`${verses.length} verses instead of ${expected}`);
writeFileSync(join(process.argv[2], 'king-james.jsonl'), `${verses.join('\n')}\n`);
