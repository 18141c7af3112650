import { test } from 'node:test'
import assert from 'node:assert/strict'
import { testDatabase } from '../../test/database.ts'
import { ask, askJson, officer } from '../../test/as.ts'
import { addRecall, BASE_URL, CUPKIN, CUPKIN_ID, SENDER } from '../../test/world.ts'
import { previewRoutes } from './routes-preview.ts'

const database = await testDatabase()
await addRecall(database, CUPKIN)
const routes = previewRoutes({ database, baseUrl: BASE_URL, sender: SENDER })
const PATH = `/v1/recalls/${CUPKIN_ID}/notice-preview`

test('a notice is shown of a recall that is there, in a language that is written', async () => {
  assert.equal((await ask(routes, officer(), '/v1/recalls/CPSC-1/notice-preview')).status, 404)
  for (const wrong of ['jurisdiction=FR', 'language=fi', 'answer=no', 'proof=oath', 'colour=red'])
    assert.equal((await ask(routes, officer(), `${PATH}?${wrong}`)).status, 422, wrong)
})

test('the notice as it would be sent, and what the linter says of it', async () => {
  type Preview = { jurisdiction: string; subject: string; text: string; html: string; findings: { rule: string; level: string }[] }
  const own = await askJson<Preview>(routes, officer(), PATH)
  assert.equal(own.jurisdiction, 'US')
  assert.match(own.text, /None reported/)
  assert.deepEqual(own.findings, [])
  const german = await askJson<Preview>(routes, officer(), `${PATH}?jurisdiction=EU&language=de&remedies=refund,replace`)
  assert.match(german.subject, /^Rückruf: CUPKIN/)
  assert.match(german.html, /Produktsicherheitsrückruf<\/h1>/)
  assert.deepEqual(german.findings, [])
  const single = await askJson<Preview>(routes, officer(), `${PATH}?jurisdiction=EU&language=de&remedies=refund`)
  assert.deepEqual(single.findings.map(({ rule, level }) => `${rule} ${level}`), ['eu-37-choice warns']) // prettier-ignore
})
