// vader.mjs scores|time: the npm package vader-sentiment, beside which this script must lie.
//
// Reads a JSON list of texts.  scores: a line with the compound of each; time: the
// milliseconds that all of them take, once the list is read and a tenth of it scored.
import { readFileSync } from 'node:fs';
import vader from 'vader-sentiment';

const texts = JSON.parse(readFileSync(0, 'utf8'));
const compound = (text) => vader.SentimentIntensityAnalyzer.polarity_scores(text).compound;

if (process.argv[2] === 'time') {
	texts.slice(0, texts.length / 10).forEach(compound);
	const begin = performance.now();
	texts.forEach(compound);
	console.log((performance.now() - begin).toFixed(3));
} else console.log(texts.map(compound).join('\n'));
