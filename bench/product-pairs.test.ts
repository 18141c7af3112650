import { after, it } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { bestF1, measurePairs } from './product-pairs.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-pairs-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const names = Array.from({ length: 40 }, (_, i) => `acme kettle model kx${100 + i * 7}b`)
const left = names.map((name, i) => `${i},${name},19.99`).join('\n')
const right = names.map((name, i) => `${i},"electric ${name.replace('model ', '')}, steel",21.00`).join('\n')
writeFileSync(path.join(folder, 'tableA.csv'), `id,name,price\n${left}\n`)
writeFileSync(path.join(folder, 'tableB.csv.gz'), gzipSync(`id,title,price\n${right}\n`))
const pairs = names.flatMap((_, i) => [`${i},${i},1`, `${i},${(i + 1) % names.length},0`]).join('\n')
writeFileSync(path.join(folder, 'test.csv'), `ltable_id,rtable_id,label\n${pairs}\n`)
writeFileSync(path.join(folder, 'broken.csv'), 'ltable_id,rtable_id,label\n0,999,1\n')

it('says which file or product of the folder is missing', () => {
  assert.throws(() => measurePairs(folder, 'valid'), /has no valid\.csv or valid\.csv\.gz/)
  assert.throws(() => measurePairs(folder, 'broken'), /row 1: one of its products is in neither table/)
  assert.throws(() => measurePairs(path.join(folder, 'none'), 'test'), /has no tableA\.csv/)
})

it('measures a folder of plain and packed tables, without a train split too', () => {
  const figures = measurePairs(folder, 'test')
  assert.deepEqual([figures.pairs, figures.positives, figures.fittedOnTrain], [80, 40, null])
  assert.equal(figures.ours.f1, 1)
  assert.ok(figures.tfidfCosine > 0.6)
})

it('finds the best threshold, and never between two pairs of one score', () => {
  assert.equal(bestF1([[3, true], [2, true], [1, false]]), 1) // prettier-ignore
  assert.equal(bestF1([[1, true], [1, false]]), 2 / 3) // prettier-ignore
})
