/**
 * `npm run bench -- scope`: how well the scope of a recall is read from its prose: on the labelled recalls beside the checkout, where they are,
 * and on our own labels (`scope-labels.md`). The floor is what the agency's own fields say without reading any prose. Each figure is the mean
 * over the fields with a target, each between 0 and 1.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { FEEDS } from '../src/feeds/agencies.ts'
import { recallLine } from '../src/feeds/parse.ts'
import { accountOfIndex, readCpscIndex, type IndexAccount } from '../test/cpsc-index.ts'
import { MATCHING_DATA } from '../test/gold.ts'
import type { BenchResult } from './run.ts'
import { evidenceFigures, evidenceTable } from './scope-evidence.ts'
import { compareScopes, FIELDS, headline, meanOfTargets, type Figures, type Miss, type ScopeLine } from './scope-figures.ts'

const RECALLS_FILE = path.join(import.meta.dirname, '../db/demo/cpsc-9818.ndjson.gz')

const OWN_LABELS = path.join(import.meta.dirname, 'scope-labels.jsonl')

/** One set of labels, compared. */
type Compared = { name: string; labelled: number; ours: ReturnType<typeof compareScopes>; floor: ReturnType<typeof compareScopes> }

export async function run(): Promise<BenchResult> {
  const items = linesOf(gunzipSync(readFileSync(RECALLS_FILE)).toString()).map((text) => Buffer.from(text))
  const started = performance.now()
  const read = items.map((bytes, index) => FEEDS.CPSC.parse({ bytes, line: index + 1 }).recall)
  const parseSeconds = (performance.now() - started) / 1000
  const byNumber = new Map(
    read.flatMap((recall, index) => (recall.ok ? [[recall.value.recallNumber, { recall: recall.value, index }]] : [])),
  )
  const sets = labelSets().map(({ name, labels }): Compared => {
    const pairs = labels.flatMap((labelled) => {
      const number = String(labelled['recall_number'])
      const found = byNumber.get(number)
      if (found === undefined) return []
      return [{ number, labelled, read: recallLine(found.recall) as ScopeLine, fields: officialFields(items[found.index]!) }]
    })
    const floor = compareScopes(pairs.map((pair) => ({ ...pair, read: pair.fields })))
    return { name, labelled: labels.length, ours: compareScopes(pairs), floor }
  })
  const first = sets[0]!
  const index = readCpscIndex()
  const account =
    index === null
      ? null
      : accountOfIndex(
          index,
          read.flatMap((recall) => (recall.ok ? [recall.value] : [])),
        )
  const recalls = read.flatMap((recall) => (recall.ok ? [recall.value] : []))
  const dev = new Set(labelSets()[0]!.labels.map((line) => String(line['recall_number'])))
  const evidence = {
    [first.name]: evidenceFigures(recalls.filter((recall) => dev.has(recall.recallNumber))),
    'all recalls': evidenceFigures(recalls),
  }
  const [mean, floorMean] = [meanOfTargets(first.ours.figures), meanOfTargets(first.floor.figures)]
  return {
    name: 'scope',
    unit: 'mean of the fields with a target',
    better: 'higher',
    ours: mean,
    peers: {},
    floor: floorMean,
    ratio: { floor: mean / floorMean },
    detail: {
      labels: first.name,
      labelled: first.labelled,
      parsed: read.filter((recall) => recall.ok).length,
      refused: read.filter((recall) => !recall.ok).length,
      parseSeconds: Math.round(parseSeconds * 100) / 100,
      fields: fieldsOf(first),
      others: Object.fromEntries(
        sets.slice(1).map((set) => [set.name, { labelled: set.labelled, ours: meanOfTargets(set.ours.figures), fields: fieldsOf(set) }]),
      ),
      evidence,
      takenIn: account === null ? null : { ...account, differences: Object.fromEntries(countsOf(account)) },
    },
    table: () =>
      sets
        .map((set) => `\n${set.name}: ${set.labelled} recalls\n${table(set.ours.figures, set.floor.figures)}${missesOf(set.ours.misses)}`)
        .join('') +
      evidenceTable(evidence) +
      takenInTable(account),
  }
}

/** How many entries of the independent list differ, by kind. */
function countsOf(account: IndexAccount): Map<string, number> {
  return new Map([...Map.groupBy(account.differences, (each) => each.why)].map(([why, all]) => [why, all.length]))
}

const DIFFERENCES_SHOWN = 12

function takenInTable(account: IndexAccount | null): string {
  if (account === null) return ''
  const { entries, later, byDayAndName, differences } = account
  const shown = [...Map.groupBy(differences, (each) => each.why)].flatMap(([why, all]) => [
    `  ${why}: ${all.length}`,
    ...all.slice(0, DIFFERENCES_SHOWN).map(({ entry, ours }) => `    ${entry.y} ${entry.n.slice(0, 60)}  ours: ${ours.slice(0, 80)}`),
  ])
  return `\nan independent list: ${entries} entries up to our newest (${later} later), ${byDayAndName} found by day and name\n${shown.join('\n')}\n`
}

/** The labels beside the checkout first, then our own, sample by sample. */
function labelSets(): { name: string; labels: ScopeLine[] }[] {
  const dev = path.join(MATCHING_DATA, 'scope/dev.jsonl')
  const own = Map.groupBy(labelsOf(OWN_LABELS), (line) => String(line['sample']))
  return [
    ...(existsSync(dev) ? [{ name: 'dev', labels: labelsOf(dev) }] : []),
    ...[...own].map(([sample, labels]) => ({ name: `own labels, ${sample} sample`, labels })),
  ]
}

function labelsOf(file: string): ScopeLine[] {
  return linesOf(readFileSync(file, 'utf8')).map((text) => JSON.parse(text) as ScopeLine)
}

function fieldsOf({ ours, floor }: Compared): Record<string, unknown> {
  return Object.fromEntries(ours.figures.map((each, at) => [each.field, { ...each, floor: headline(floor.figures[at]!) }]))
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

type Fields = {
  Products: { Name: string; Model: string; NumberOfUnits: string }[]
  RemedyOptions: { Option: string }[]
  ProductUPCs: { UPC: string }[]
  Manufacturers: { Name: string }[]
  Hazards: { HazardType?: string }[]
}

/** The fields that hold one thing each, taken as they are: no sentence is read. */
function officialFields(bytes: Buffer): ScopeLine {
  const { Products, RemedyOptions, ProductUPCs, Manufacturers } = JSON.parse(bytes.toString()) as Partial<Fields>
  const units = /\d[\d,]*/.exec(Products?.[0]?.NumberOfUnits ?? '')?.[0]
  return {
    brands: (Manufacturers ?? []).slice(0, 1).map((firm) => firm.Name.replace(/,? (?:Inc|LLC|Ltd|Corp|Co)\b.*|, of .*/, '')),
    product_nouns: (Products ?? []).map((product) => product.Name.toLowerCase()),
    models: (Products ?? []).map((product) => product.Model).filter((model) => model !== ''),
    gtins: (ProductUPCs ?? []).map((code) => code.UPC),
    units: units === undefined ? null : Number(units.replaceAll(',', '')),
    remedies: (RemedyOptions ?? []).map(({ Option }) => Option.toLowerCase().replaceAll(' ', '_')),
  }
}

function table(figures: readonly Figures[], floor: readonly Figures[]): string {
  const head = `  ${'field'.padEnd(18)} precision  recall      f1   exact   floor  target`
  const rows = figures.flatMap((each, at) => {
    if (each.compared === 0) return []
    const { by } = FIELDS.find((field) => field.name === each.field)!
    const target = each.target === null ? '' : `${by} ≥ ${each.target.toFixed(2)} ${headline(each) >= each.target ? 'reached' : 'MISSED'}`
    const cells = [each.precision, each.recall, each.f1, each.exact, headline(floor[at]!)].map((value) => value.toFixed(3).padStart(8))
    return `  ${each.field.padEnd(18)}  ${cells.join('')}  ${target}`
  })
  return `${[head, ...rows].join('\n')}\n`
}

/** Values of one miss that are printed; a long list of codes is counted. */
const VALUES_SHOWN = 8

function missesOf(misses: readonly Miss[]): string {
  const shown = misses.map(
    ({ field, recall, missing, extra }) => `  ${field.padEnd(18)} ${recall}  missing: ${some(missing)}  too much: ${some(extra)}`,
  )
  return `misses\n${shown.join('\n')}\n`
}

function some(values: readonly string[]): string {
  if (values.length === 0) return '—'
  return values.slice(0, VALUES_SHOWN).join(' | ') + (values.length > VALUES_SHOWN ? ` | … ${values.length} in all` : '')
}
