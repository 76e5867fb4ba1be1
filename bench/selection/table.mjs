// Prints the validation accuracies of a selection's studies, and the best recipe of each column.
import { readFileSync } from 'node:fs';

const [work, labels, rates, epochs] = process.argv.slice(2);
const rows = rates.split(' ').flatMap(rate => epochs.split(' ').map(passes => {
  const result = JSON.parse(readFileSync(`${work}/runs/selection-${labels}-${rate}-${passes}/result.json`, 'utf8'));
  const columns = { 'reward on source': result.source.prt, [`tuned ${result.source.model}`]: result.source.tuned };
  for (const target of result.targets) columns[`tuned ${target.model}`] = target.retrained;
  for (const target of result.targets) columns[`(ported ${target.model})`] = target.ported;
  return { recipe: `${rate} x ${passes}`, split: result.evaluatedOn, columns };
}));
const names = Object.keys(rows[0].columns);
console.log(`| ${labels} labels, accuracy on ${rows[0].split} in %, mean ± sd of 2 seeds | ${names.join(' | ')} |`);
console.log(`| --- |${' --- |'.repeat(names.length)}`);
for (const { recipe, columns } of rows)
  console.log(`| ${recipe} | ${names.map(n => `${(100 * columns[n].mean).toFixed(1)} ± ${(100 * columns[n].sd).toFixed(1)}`).join(' | ')} |`);
for (const name of names.filter(n => !n.startsWith('(')))
  console.log(`best for ${name}: ${rows.reduce((a, b) => (b.columns[name].mean > a.columns[name].mean ? b : a)).recipe}`);
