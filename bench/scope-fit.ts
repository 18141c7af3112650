/**
 * `node bench/scope-fit.ts [--write]`: fits the weights by which `src/feeds/read` chooses brands, on the labelled recalls, and prints how well they
 * do on recalls that they were not fitted on (cross-validation by recall, the folds drawn by the recall's number), beside the rules alone.
 * With `--write` it writes `src/feeds/read/brand-weights.ts`, fitted on all.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { namedTexts } from '../src/feeds/cpsc/scope.ts'
import { checkShape } from '../src/feeds/cpsc/shape.ts'
import { brandCandidates, type Candidate } from '../src/feeds/read/brand-candidates.ts'
import { lettersOf } from '../src/feeds/read/brand-features.ts'
import { chooseBrands, withShortForms } from '../src/feeds/read/brand-choice.ts'
import { ruledNames } from '../src/feeds/read/name-rules.ts'
import { MATCHING_DATA } from '../test/gold.ts'
import { fitLogistic } from './logistic.ts'

const ROOT = path.join(import.meta.dirname, '..')
const FOLDS = 10
const PENALTY = 2
/**
 * How much a sample counts. The rules were mended by the misses of those that are not here; the labelled set beside the checkout says best how
 * others label.
 */
const WEIGHTS: Readonly<Record<string, number>> = { dev: 3, fourth: 2, fifth: 2, sixth: 2, seventh: 2 }
/** Nothing is fitted on this sample, so that it goes on saying how well other recalls are read. */
const HELD_OUT = 'eighth'

type Label = { recall_number: string; sample?: string; brands?: string[] }
type Case = {
  number: string
  sample: string
  fold: number
  truth: string[]
  ruled: readonly string[]
  candidates: Candidate[]
  description: string
}

const documents = new Map(
  gunzipSync(readFileSync(path.join(ROOT, 'db/demo/cpsc-9818.ndjson.gz')))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => [(JSON.parse(line) as { RecallNumber: string }).RecallNumber, line]),
)
const dev = path.join(MATCHING_DATA, 'scope/dev.jsonl')
const labels = [
  ...(existsSync(dev) ? labelsOf(dev).map((label) => ({ ...label, sample: 'dev' })) : []),
  ...labelsOf(path.join(import.meta.dirname, 'scope-labels.jsonl')),
]
const cases = labels.flatMap((label): Case[] => {
  const shape = checkShape(JSON.parse(documents.get(label.recall_number) ?? '{}') as object)
  if (!shape.ok || label.brands === undefined) return []
  const texts = namedTexts(shape.value)
  let ruled: readonly string[] = []
  let candidates: Candidate[] = []
  ruledNames(texts, (byRules, heard) => {
    ruled = byRules
    candidates = brandCandidates(texts, byRules, heard)
    return [...byRules]
  })
  const fold = createHash('sha256').update(label.recall_number).digest()[0]! % FOLDS
  return [
    {
      number: label.recall_number,
      sample: label.sample ?? '',
      fold,
      truth: label.brands.map(lettersOf),
      ruled,
      candidates,
      description: texts.description,
    },
  ]
})

const folds = Array.from({ length: FOLDS }, (_each, fold) => fit(cases.filter((each) => each.fold !== fold)))
const chosen = new Map(cases.map((each) => [each.number, chosenBy(each, folds[each.fold]!)]))
process.stdout.write('brands of recalls that the weights were not fitted on\n')
for (const [sample, of] of Map.groupBy(cases, (each) => each.sample)) {
  const [rules, learned] = [scoreOf(of, (each) => each.ruled), scoreOf(of, (each) => chosen.get(each.number)!)]
  process.stdout.write(`  ${sample.padEnd(7)} ${String(of.length).padStart(4)} recalls  rules alone ${rules}  weighed ${learned}\n`)
}
if (process.argv.includes('--misses'))
  for (const { number, sample, truth, ruled } of cases) {
    const ours = chosen.get(number)!
    const [missing, extra] = [
      truth.filter((name) => !ours.some((one) => lettersOf(one) === name)),
      ours.filter((name) => !truth.includes(lettersOf(name))),
    ]
    if (missing.length + extra.length > 0)
      process.stdout.write(
        `  ${sample} ${number}  missing: ${missing.join(' | ')}  too much: ${extra.join(' | ')}  rules: ${ruled.join(' | ')}\n`,
      )
  }
if (process.argv.includes('--write')) {
  const lines = Object.entries(fit(cases)).map(([name, weight]) => `  ${name}: ${weight},`)
  const head = '/** Weights of the features in `brand-features.ts`, fitted and written by `bench/scope-fit.ts`. */\n'
  const text = `${head}export const BRAND_WEIGHTS: Readonly<Record<string, number>> = {\n${lines.join('\n')}\n}\n`
  writeFileSync(path.join(ROOT, 'src/feeds/read/brand-weights.ts'), text)
}

/**
 * Halfway between weights that hear the rules and weights that do not. The rules were mended by the misses of most of these samples, so that on
 * these they look better than they are; weights that hear nothing else would believe them too much.
 */
function fit(of: readonly Case[]): Record<string, number> {
  const seen = of.filter(({ sample }) => sample !== HELD_OUT)
  const examples = seen.flatMap(({ candidates, truth, sample }) =>
    candidates.map(({ name, features }) => ({ features, yes: truth.includes(lettersOf(name)), weight: WEIGHTS[sample] ?? 1 })),
  )
  const hearing = fitLogistic(examples, PENALTY)
  const deaf = fitLogistic(
    examples.map((each) => ({ ...each, features: { ...each.features, rule: 0, ruleOne: 0 } })),
    PENALTY,
  )
  return Object.fromEntries(
    Object.entries(hearing).map(([name, weight]) => [name, Math.round(((weight + deaf[name]!) / 2) * 1_000) / 1_000]),
  )
}

function chosenBy({ candidates, ruled, description }: Case, weights: Record<string, number>): string[] {
  return withShortForms(chooseBrands(candidates, ruled, weights), description)
}

function scoreOf(of: readonly Case[], read: (each: Case) => readonly string[]): string {
  let [right, said, labelled] = [0, 0, 0]
  for (const each of of) {
    const ours = new Set(read(each).map(lettersOf))
    right += each.truth.filter((name) => ours.has(name)).length
    said += ours.size
    labelled += each.truth.length
  }
  return `P ${(right / said).toFixed(3)} R ${(right / labelled).toFixed(3)} F1 ${((2 * right) / (said + labelled)).toFixed(3)}`
}

function labelsOf(file: string): Label[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Label)
}
