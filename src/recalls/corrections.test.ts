/** Corrections on a real database: what is refused, what stands above documents and readings, what is given back. */
import { beforeEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { ask, askAll, askJson, officer } from '../../test/as.ts'
import { testDatabase } from '../../test/database.ts'
import { brokenPromises, CUPKIN } from '../../test/world.ts'
import { transaction } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import {
  contentHash,
  correctRecall,
  currentRecall,
  FOLLOW_UP_JOB,
  recallInvariants,
  recordReadings,
  recordRevisions,
  withdrawCorrection,
  type NewRevision,
  type Recall,
  type RevisionCounts,
  type Scope,
} from './index.ts'
import { recallRoutes } from './routes.ts'

const database = await testDatabase()
const AT = new Date('2026-11-23T09:00:00Z')
const ADDRESS = '/v1/recalls/CPSC-23774/corrections'
let jobs: string[] = []
/** The audit log cannot be emptied: entries up to here are of earlier tests. */
let auditedBefore = 0
const enqueue = async (_tx: unknown, name: string): Promise<void> => void jobs.push(name)
const routes = recallRoutes({ database, clock: () => AT, enqueue })

beforeEach(async () => {
  jobs = []
  await sql`truncate recalls.recalls, platform.idempotency_keys cascade`.execute(database.db)
  const { rows } = await sql<{ last: number }>`select coalesce(max(seq), 0) as last from platform.audit_log`.execute(database.db)
  auditedBefore = rows[0]!.last
  await hear()
})

/** The agency's document says this of the scope of the cups; without anything, what it first said. */
function document(says: Partial<Scope> = {}, bytes = JSON.stringify(says)): NewRevision {
  const recall: Recall = { ...CUPKIN, scope: { ...CUPKIN.scope, ...says } }
  return { recall, documentSha256: sha256(bytes), contentSha256: contentHash(recall) }
}

function hear(says: Partial<Scope> = {}): Promise<RevisionCounts> {
  return transaction(database, (tx) => recordRevisions(tx.db, [document(says)], AT))
}

/** Better readers see this in the document that says `from`. */
function readAgain(says: Partial<Scope>, from: Partial<Scope> = {}): Promise<RevisionCounts> {
  return transaction(database, (tx) => recordReadings(tx.db, [document(says, JSON.stringify(from))], AT))
}

function post(address: string, body: unknown, who = officer(), headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return ask(routes, who, address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })
}

type Item = Record<string, unknown> & { correction_no: number; revision: number; text_changed_since: boolean }

async function correct(field: string, value: unknown, reason = 'The text says so.', who = officer()): Promise<Item> {
  const response = await post(ADDRESS, { field, value, reason }, who)
  assert.equal(response.status, 201, await response.clone().text())
  return (await response.json()) as Item
}

async function withdraw(correctionNo: number, reason = 'A slip.'): Promise<Item> {
  const response = await post(`${ADDRESS}/${correctionNo}/withdraw`, { reason })
  assert.equal(response.status, 201, await response.clone().text())
  return (await response.json()) as Item
}

async function listed(): Promise<Item[]> {
  return (await askJson<{ items: Item[] }>(routes, officer(), ADDRESS)).items
}

async function causes(): Promise<string[]> {
  const { rows } = await sql<{ cause: string }>`
    select cause from recalls.revisions_view where recall_id = 'CPSC-23774' order by revision`.execute(database.db)
  return rows.map((row) => row.cause)
}

async function stands(): Promise<Recall> {
  return (await currentRecall(database.db, 'CPSC-23774'))!.recall
}

async function audited(): Promise<[string, string, string][]> {
  const { rows } = await sql<{ actor: string; action: string; subject: string }>`
    select actor, action, subject from platform.audit_log where seq > ${auditedBefore} order by seq`.execute(database.db)
  return rows.map((row) => [row.actor, row.action, row.subject])
}

describe('what is refused', () => {
  const refused: readonly [unknown, number, string | undefined, RegExp][] = [
    ['{', 422, undefined, /not JSON/],
    [{ field: 'title', value: 'x', reason: 'why' }, 422, 'field', /"title" is nothing to correct\. Choose from brands, product_nouns/],
    [{ field: 'sold_to', reason: 'why' }, 422, 'value', /Give the value that holds/],
    [{ field: 'sold_to', value: '2023-04' }, 422, 'reason', /Say why/],
    [{ field: 'sold_to', value: '2023-04', reason: ' ' }, 422, 'reason', /Say why/],
    [{ field: 'sold_to', value: '2023-04', reason: 'x'.repeat(4_001) }, 422, 'reason', /at most 4000 characters/],
    [{ field: 'sold_to', value: '2023-04', reason: 'a\0' }, 422, 'reason', /no text here can hold/],
    [{ field: 'sold_to', value: 'April', reason: 'why' }, 422, 'value', /^sold_to: Write the month as YYYY-MM/],
    [{ field: 'sold_to', value: '2017-04', reason: 'why' }, 422, 'value', /sold_from 2018-01 lies beyond sold_to 2017-04/],
    [{ field: 'sold_to', value: '2023-03', reason: 'why' }, 409, 'value', /what the recall says already/],
    [{ field: 'sold_to', value: '2023-04', reason: 'why', by: 'me' }, 422, '', /Unrecognized key/],
    [{ field: 'lots', value: ['x'.repeat(3_000_000)], reason: 'why' }, 413, undefined, /at most 2 MB/],
  ]
  for (const [body, status, field, said] of refused) {
    it(`says why and writes nothing: ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const response = await post(ADDRESS, body)
      const problem = (await response.json()) as { title: string; field?: string }
      assert.deepEqual([response.status, problem.field], [status, field])
      assert.match(problem.title, said)
      assert.deepEqual([await causes(), await audited(), jobs], [['document'], [], []])
    })
  }

  it('is what an officer asks of an unknown recall or correction, or of a list that does not know it', async () => {
    const body = { field: 'sold_to', value: '2023-04', reason: 'why' }
    for (const id of ['CPSC-1', 'CPSC-%00']) {
      assert.equal((await post(`/v1/recalls/${id}/corrections`, body)).status, 404)
      assert.equal((await ask(routes, officer(), `/v1/recalls/${id}/corrections`)).status, 404)
      assert.equal((await post(`/v1/recalls/${id}/corrections/1/withdraw`, { reason: 'why' })).status, 404)
    }
    for (const no of ['1', '0', '-1', 'one', '99999999999'])
      assert.equal((await post(`${ADDRESS}/${no}/withdraw`, { reason: 'why' })).status, 404)
    assert.equal((await ask(routes, officer(), `${ADDRESS}?standing=true`)).status, 422)
    assert.equal((await ask(routes, officer(), '/v1/corrections?standing=perhaps')).status, 422)
  })
})

describe('a correction', () => {
  it('is the next revision, and says who decided what instead of what, and why', async () => {
    const made = await correct('models', ['CK-8', 'CK-8', ' CK-12'])
    assert.deepEqual(made, {
      recall_id: 'CPSC-23774', correction_no: 1, field: 'models', value: ['CK-8', 'CK-12'], read_value: [], read_now: [], reason: 'The text says so.',
      decided_by: 'officer:user-Ada Officer', decided_at: AT.toISOString(), withdrawn_by: null, withdrawn_at: null, withdrawn_reason: null,
      text_changed_since: false, revision: 2, withdrawn_revision: null,
    }) // prettier-ignore
    assert.deepEqual(await listed(), [made])
    assert.deepEqual(await causes(), ['document', 'correction'])
    assert.deepEqual((await stands()).scope, { ...CUPKIN.scope, models: ['CK-8', 'CK-12'] })
    assert.deepEqual(await audited(), [['officer:user-Ada Officer', 'recalls.corrected', 'recall:CPSC-23774']])
    assert.deepEqual(jobs, [FOLLOW_UP_JOB])
  })

  it('can say that the agency does not state something', async () => {
    await correct('sold_to', null)
    await correct('sold_at', [])
    const { scope } = await stands()
    assert.deepEqual([scope.soldTo, scope.soldAt], [null, []])
    assert.deepEqual((await listed()).map((each) => each['value']), [[], null]) // prettier-ignore
  })

  it('asked for twice by the same person is one', async () => {
    const first = await correct('sold_to', '2023-04')
    assert.deepEqual(await correct('sold_to', '2023-04', '  The text says so. '), first)
    const keyed = await post(ADDRESS, { field: 'units', value: 7, reason: 'why' }, officer(), { 'idempotency-key': 'k' })
    const again = await post(ADDRESS, { field: 'units', value: 7, reason: 'why' }, officer(), { 'idempotency-key': 'k' })
    assert.equal(await keyed.text(), await again.text())
    assert.deepEqual([(await listed()).length, (await causes()).length, (await audited()).length], [2, 3, 2])
  })

  it('of a field that was corrected takes the place of the one before', async () => {
    await correct('sold_to', '2023-04')
    await correct('sold_to', '2023-05', 'It says May.', officer('Ben'))
    const [second, first] = await listed()
    assert.deepEqual([second!['value'], second!['read_value'], second!['withdrawn_by']], ['2023-05', '2023-03', null])
    assert.deepEqual(
      [first!['withdrawn_by'], first!['withdrawn_reason'], first!['withdrawn_revision']],
      ['officer:user-Ben', 'Replaced by correction 2.', 3],
    )
    const back = await post(ADDRESS, { field: 'sold_to', value: '2023-03', reason: 'As it was.' })
    assert.match(await back.text(), /Withdraw correction 2 instead/)
    await withdraw(2)
    assert.equal((await stands()).scope.soldTo, '2023-03')
  })

  it('that is withdrawn gives back exactly what was read', async () => {
    await correct('sold_to', '2023-04')
    await correct('units', 5)
    const withdrawn = await withdraw(1)
    assert.deepEqual([withdrawn['withdrawn_reason'], withdrawn['withdrawn_revision'], withdrawn['read_now']], ['A slip.', 4, null])
    assert.deepEqual([(await stands()).scope.soldTo, (await stands()).scope.units], ['2023-03', 5])
    assert.deepEqual(await withdraw(1), withdrawn)
    assert.equal((await post(`${ADDRESS}/1/withdraw`, { reason: 'Another reason.' })).status, 409)
    assert.equal((await post(`${ADDRESS}/1/withdraw`, { reason: '' })).status, 422)
    await withdraw(2)
    assert.deepEqual(await stands(), CUPKIN)
    assert.deepEqual(await causes(), ['document', 'correction', 'correction', 'correction', 'correction'])
    assert.deepEqual((await audited()).map(([, action]) => action), ['recalls.corrected', 'recalls.corrected', 'recalls.correction-withdrawn', 'recalls.correction-withdrawn']) // prettier-ignore
    assert.equal(jobs.length, 4)
  })
})

describe('documents and readings under a correction', () => {
  it('make no revision where they say what they said', async () => {
    await correct('sold_to', '2023-04')
    assert.deepEqual(await hear(), { newRecalls: 0, newRevisions: 0, unchanged: 1 })
    assert.deepEqual(await readAgain({}), { newRecalls: 0, newRevisions: 0, unchanged: 1 })
    const sameFromOtherBytes = { ...document(), documentSha256: sha256('other bytes') }
    const counts = await transaction(database, (tx) => recordRevisions(tx.db, [sameFromOtherBytes], AT))
    assert.deepEqual(counts, { newRecalls: 0, newRevisions: 0, unchanged: 1 })
  })

  it('change what is not corrected, and keep what is', async () => {
    await correct('sold_to', '2023-04')
    await hear({ units: 400_000 })
    await readAgain({ units: 400_000, brands: ['Cupkin', 'Soojimus'] }, { units: 400_000 })
    const { scope } = await stands()
    assert.deepEqual([scope.soldTo, scope.units, scope.brands], ['2023-04', 400_000, ['Cupkin', 'Soojimus']])
    assert.deepEqual(await causes(), ['document', 'correction', 'document', 'reading'])
    assert.equal((await listed())[0]!.text_changed_since, false)
    // The first document again brings nothing back.
    assert.deepEqual(await hear(), { newRecalls: 0, newRevisions: 0, unchanged: 1 })
  })

  it('that read otherwise on it are told, and given back when it is withdrawn', async () => {
    await correct('sold_to', '2023-04')
    await correct('sold_at', ['Target'])
    await hear({ soldTo: '2023-06', soldAt: CUPKIN.scope.soldAt.toReversed() })
    const [soldAt, soldTo] = await listed()
    assert.deepEqual([soldTo!.text_changed_since, soldTo!['read_value'], soldTo!['read_now']], [true, '2023-03', '2023-06'])
    assert.equal(soldAt!.text_changed_since, false, 'the same shops in another order')
    assert.equal((await stands()).scope.soldTo, '2023-04')
    const look = await askAll<Item>(routes, officer(), '/v1/corrections?text_changed=true')
    assert.deepEqual(look.map((each) => [each['recall_id'], each.correction_no]), [['CPSC-23774', 1]]) // prettier-ignore
    // Who looked, and says the same again, has decided anew.
    const anew = await correct('sold_to', '2023-04')
    assert.deepEqual([anew.correction_no, anew.text_changed_since, anew['read_value']], [3, false, '2023-06'])
    await withdraw(3)
    assert.equal((await stands()).scope.soldTo, '2023-06')
  })

  it('that we only read otherwise are not told as the agency’s', async () => {
    await correct('sold_to', '2023-04')
    await readAgain({ soldTo: '2023-05' })
    const [one] = await listed()
    assert.deepEqual([one!.text_changed_since, one!['read_now']], [false, '2023-05'])
    assert.equal((await stands()).scope.soldTo, '2023-04')
  })

  it('are told as null where the agency no longer states it', async () => {
    await correct('sold_to', '2023-04')
    await hear({ soldTo: null })
    const [one] = await listed()
    assert.deepEqual([one!.text_changed_since, one!['read_now']], [true, null])
  })
})

describe('lists', () => {
  it('page through all corrections and give them as CSV', async () => {
    for (let units = 1; units <= 5; units++) await correct('units', units)
    await correct('sold_to', null)
    const all = await askAll<Item>(routes, officer(), '/v1/corrections?', 2)
    assert.deepEqual(all.map((each) => each.correction_no), [6, 5, 4, 3, 2, 1]) // prettier-ignore
    const standing = await askAll<Item>(routes, officer(), '/v1/corrections?standing=true', 1)
    assert.deepEqual(standing.map((each) => each.correction_no), [6, 5]) // prettier-ignore
    assert.deepEqual(await askAll<Item>(routes, officer(), `${ADDRESS}?`, 2), all)
    const csv = await (await ask(routes, officer(), `${ADDRESS}?format=csv`)).text()
    assert.equal(csv.trimEnd().split('\r\n').length, 7)
  })
})

describe('at the same time', () => {
  it('two people’s corrections both stand, on two fields, and take turns on one', async () => {
    const people = ['Ada', 'Ben', 'Chloe', 'Dev']
    await Promise.all(people.flatMap((name, at) => [correct('units', at + 1, 'why', officer(name)), correct('deaths', at + 1, 'why', officer(name))])) // prettier-ignore
    const all = await listed()
    assert.deepEqual(all.map((each) => each.correction_no), [8, 7, 6, 5, 4, 3, 2, 1]) // prettier-ignore
    assert.equal(all.filter((each) => each['withdrawn_at'] === null).length, 2)
    assert.deepEqual(await brokenPromises(database.db, recallInvariants), [])
  })

  it('a person asking twice is one correction', async () => {
    const [one, other] = await Promise.all([correct('units', 5), correct('units', 5)])
    assert.deepEqual(one, other)
    assert.equal((await listed()).length, 1)
  })

  it('a document that comes in during a correction knows of it, and the reverse', async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all([correct('units', round + 1), hear({ soldTo: `2023-${String(round + 1).padStart(2, '0')}`, units: 1_000 + round }), readAgain({ brands: [`Cupkin ${round}`] })]) // prettier-ignore
      assert.equal((await stands()).scope.units, round + 1)
      assert.deepEqual(await brokenPromises(database.db, recallInvariants), [])
    }
    await withdraw((await listed())[0]!.correction_no)
    assert.notEqual((await stands()).scope.units, 10)
  })
})

describe('whatever happens', () => {
  const soldTo = fc.constantFrom(null, '2022-01', '2023-03', '2024-06')
  const units = fc.option(fc.nat(3))
  const happening = fc.oneof(
    fc.record({ what: fc.constant('document' as const), soldTo, units }),
    fc.record({ what: fc.constant('reading' as const), soldTo, units }),
    fc.record({ what: fc.constant('correct' as const), field: fc.constant('sold_to'), value: soldTo, by: fc.constantFrom('Ada', 'Ben') }),
    fc.record({ what: fc.constant('correct' as const), field: fc.constant('units'), value: units, by: fc.constantFrom('Ada', 'Ben') }),
    fc.record({ what: fc.constant('withdraw' as const), no: fc.integer({ min: 1, max: 4 }) }),
  )

  it('a recall says what its documents say, but for the corrections that stand', async () => {
    const refused = { correct: 0, withdraw: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
        await sql`truncate recalls.recalls cascade`.execute(database.db)
        await hear()
        const read: Record<string, unknown> = { sold_to: CUPKIN.scope.soldTo, units: CUPKIN.scope.units }
        const standing: Record<string, { no: number; value: unknown } | undefined> = {}
        let document = 0
        for (const each of happenings) {
          if (each.what === 'document' || each.what === 'reading') {
            const says = { soldTo: each.soldTo, units: each.units }
            if (each.what === 'document') await hear({ ...says, productNouns: [`cup ${++document}`] })
            else await readAgain({ ...says, productNouns: [`cup ${document}`] })
            Object.assign(read, { sold_to: each.soldTo, units: each.units })
          } else if (each.what === 'correct') {
            const order = { recallId: 'CPSC-23774', field: each.field, value: each.value, reason: 'why', actor: each.by, at: AT }
            const made = await transaction(database, (tx) => correctRecall(tx, enqueue, order))
            if (made.ok) standing[each.field] = { no: made.value.correctionNo, value: each.value }
            else refused.correct++
          } else {
            const order = { recallId: 'CPSC-23774', correctionNo: each.no, reason: 'why', actor: 'Ada', at: AT }
            const made = await transaction(database, (tx) => withdrawCorrection(tx, enqueue, order))
            if (!made.ok) refused.withdraw++
            for (const field of ['sold_to', 'units']) if (standing[field]?.no === each.no) standing[field] = undefined
          }
          const { scope } = await stands()
          assert.deepEqual(
            { sold_to: scope.soldTo, units: scope.units },
            {
              sold_to: standing['sold_to'] === undefined ? read['sold_to'] : standing['sold_to'].value,
              units: standing['units'] === undefined ? read['units'] : standing['units'].value,
            },
          )
        }
        assert.deepEqual(await brokenPromises(database.db, recallInvariants), [])
      }),
      { numRuns: 40 },
    )
    assert.ok(refused.correct > 0 && refused.withdraw > 0)
  })
})

describe('the doctor', () => {
  it('finds a correction that was lost, one that stands twice, and one that nobody made', async () => {
    await correct('units', 5)
    await correct('sold_to', '2023-04')
    assert.deepEqual(await brokenPromises(database.db, recallInvariants), [])
    const breakings: readonly [string, RegExp][] = [
      [`update recalls.revisions set content = jsonb_set(content, '{scope,units}', '6') where revision = 3`, /Correction 1 of CPSC-23774, of units/],
      [`update recalls.revisions set content = content - 'corrected' where revision = 3`, /Correction 1 of CPSC-23774/],
      [`update recalls.revisions set content_sha256 = '\\x00' where revision = 3`, /is not what its hash says/],
      [`insert into recalls.corrections select recall_id, 9, field, value, read_value, reason, decided_by, decided_at, revision
          from recalls.corrections where correction_no = 1`, /Two corrections of units stand/],
      [`insert into recalls.correction_withdrawals values ('CPSC-23774', 1, 'why', 'me', now(), 3)`, /has units corrected, and no correction of it stands/],
      [`delete from recalls.revisions where revision = 1`, /have a gap/],
    ] // prettier-ignore
    for (const [statement, said] of breakings) {
      await transaction(database, async (tx) => {
        await tx.client.query(statement)
        assert.match((await brokenPromises(tx.db, recallInvariants)).join('\n'), said)
        throw new Error('rolled back')
      }).catch((error: Error) => assert.equal(error.message, 'rolled back', error.stack))
    }
  })
})
