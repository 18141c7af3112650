/** Holds the engine to figures on labelled pairs. The recalls are the demo's, with their texts only: the scope is read by another room. */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { MATCHING_DATA, readGold } from '../../test/gold.ts'
import type { Recall } from '../recalls/index.ts'
import { buildEngine } from './engine.ts'
import { backgroundOf, figuresOf, judgePairs } from './evaluate.ts'
import { sampleRecall } from './samples.ts'

type RawRecall = { RecallNumber: string; RecallDate: string; Title: string; Description: string; Products: { Name: string }[]; Retailers: { Name: string }[]; ProductUPCs: { UPC: string }[] } // prettier-ignore

function demoRecalls(): Recall[] {
  const file = path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz')
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const raw = JSON.parse(line) as RawRecall
      const recall = sampleRecall({
        recallNumber: raw.RecallNumber,
        publishedOn: raw.RecallDate.slice(0, 10),
        title: raw.Title,
        description: raw.Description,
        products: raw.Products.map((product) => ({ name: product.Name, model: null, unitsText: null })),
        soldText: raw.Retailers.map((retailer) => retailer.Name).join(' '),
      })
      recall.scope.gtins = raw.ProductUPCs.map((upc) => upc.UPC)
      return recall
    })
}

const gold = readGold()

test(
  'labelled pairs are answered well, and listings that no recall is about are left alone',
  { skip: gold === null ? `research data not present (${path.basename(MATCHING_DATA)})` : false },
  (context) => {
    const engine = buildEngine(demoRecalls())
    const figures = figuresOf(judgePairs(engine, gold!.pairs, gold!.listings))
    const background = backgroundOf(engine, gold!.background)
    context.diagnostic(JSON.stringify({ ...figures, background }))
    assert.ok(figures.f1 >= 0.92, `affected F1 ${figures.f1}`)
    assert.ok(figures.autoPrecision >= 0.97, `auto precision ${figures.autoPrecision}`)
    assert.ok(figures.surfaced >= 0.98, `affected pairs stopped or reviewed ${figures.surfaced}`)
    assert.ok(figures.possiblyRecalled >= 0.7, `possible pairs answered so ${figures.possiblyRecalled}`)
    assert.equal(figures.candidateRecall, 1)
    assert.equal(background.stopped, 0)
    assert.ok(background.reviewed <= background.listings * 0.007, `${background.reviewed} of ${background.listings} reviewed`)
  },
)
