/** The places that the desk is given for a recall that a person corrected: those of the correction and those of what was read. */
import { it } from 'node:test'
import assert from 'node:assert/strict'
import { askJson, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { exampleRecall } from '../../test/example-recall.ts'
import { sha256 } from '../platform/ids.ts'
import { contentHash, recordRevisions, type Recall } from '../recalls/index.ts'
import { insightRoutes } from './routes.ts'

const database = await testDatabase()

it('both values of a corrected field can be looked up in the text, and no other is given twice', async () => {
  const example = exampleRecall()
  const recall: Recall = {
    ...example,
    description: 'About 34,600 were sold in stores. They were made in China.',
    corrected: { models: { read: ['China'], correctionNo: 1 } },
    scope: { ...example.scope, models: ['CK-8'] },
  }
  await recordRevisions(
    database.db,
    [{ recall, documentSha256: sha256('a document'), contentSha256: contentHash(recall) }],
    new Date('2026-11-01T00:00:00Z'),
  )
  const { spans } = await askJson<{ spans: { field: string; value: unknown; quote: string }[] }>(
    insightRoutes({ database }),
    officer(),
    '/v1/recalls/CPSC-23774',
  )
  const said = (field: string) => spans.filter((span) => span.field === field).map(({ value, quote }) => [value, quote])
  assert.deepEqual(said('models'), [
    ['CK-8', 'CK-8'],
    ['China', 'China'],
  ])
  assert.deepEqual(said('sold_from'), [['2018-01', 'January 2018']])
})
