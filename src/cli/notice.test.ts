import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-notice-'))
test.after(() => rmSync(folder, { recursive: true }))
const recalls = path.join(folder, 'recalls.ndjson')
const lines = gunzipSync(readFileSync(path.join(import.meta.dirname, '../../db/demo/cpsc-9818.ndjson.gz'))).toString().split('\n') // prettier-ignore
writeFileSync(recalls, lines.filter((line) => line.includes('CUPKIN')).join('\n'))

function run(...args: string[]) {
  return spawnSync(process.execPath, [path.join(import.meta.dirname, '../cli.ts'), 'notice', ...args], { encoding: 'utf8' })
}

test('what cannot be done is said with the help', () => {
  const wrong: [string[], RegExp][] = [
    [['send'], /The one thing to do is lint/],
    [['lint'], /Give a campaign, or --recall FILE/],
    [['lint', 'CPSC-1', '--recall', recalls], /Give a campaign, or --recall FILE/],
    [['lint', '--recall', recalls, '--jurisdiction', 'FR'], /There is no jurisdiction FR/],
    [['lint', '--recall', recalls, '--language', 'fi'], /not written in fi/],
    [['lint', '--recall', recalls, '--show'], /which notice to show/],
  ]
  for (const [args, says] of wrong) {
    const { status, stderr } = run(...args)
    assert.equal(status, 2, args.join(' '))
    assert.match(stderr, says)
    assert.match(stderr, /npx tocsin notice lint --recall one\.json/)
  }
  const missing = run('lint', '--recall', path.join(folder, 'none.json'))
  assert.equal(missing.status, 1)
  assert.match(missing.stderr, /there is no such file/)
})

test('a file of recalls is checked offline, and the notice shown as it would be sent', () => {
  const shown = run('lint', '--recall', recalls, '--jurisdiction', 'eu', '--language', 'de', '--show')
  assert.equal(shown.status, 0)
  assert.match(shown.stdout, /^Rückruf: CUPKIN.*\n\nProduktsicherheitsrückruf\n/)
  assert.match(shown.stdout, /should be looked at: a choice of at least two.*eu-37-choice/)
  assert.match(shown.stderr, /1 recall: nothing blocks its notices, 1 to look at/)
  const json = run('lint', '--recall', recalls, '--jurisdiction', 'EU', '--language', 'de', '--json')
  assert.deepEqual(JSON.parse(json.stdout), {
    recall_id: 'CPSC-23774', rule: 'eu-37-choice', level: 'warns', jurisdiction: 'EU', language: 'de',
    what: 'a choice of at least two of repair, replacement and refund', phrase: null, where: 'the remedies offered',
    source: 'Regulation (EU) 2023/988, https://eur-lex.europa.eu/eli/reg/2023/988/oj, Article 37(2)',
    todo: 'Offer a second remedy, or record why the others are impossible or out of proportion.',
  }) // prettier-ignore
})
