import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { api, CAMPAIGN_LISTS, changedSearch, paths } from './paths.ts'

const CAMPAIGN = 'CPSC-23774'
// Ids are the marketplace's own: anything can stand in them.
const ODD = 'a/b?c d&é'

describe('the addresses of the desk and the seller centre', () => {
  it('are these', () => {
    const all = [
      paths.campaigns(),
      paths.campaign(CAMPAIGN),
      paths.campaign(CAMPAIGN, { tables: 'funnel' }),
      ...CAMPAIGN_LISTS.map((list) => paths.campaignList(CAMPAIGN, list)),
      paths.campaignList(CAMPAIGN, 'lines', { answer: 'affected', remedy_state: 'no_case' }),
      paths.campaignBuyer(CAMPAIGN, 'B-1'),
      paths.campaignChanges(CAMPAIGN),
      paths.campaignLetters(CAMPAIGN),
      paths.recalls(),
      paths.recalls({ touching: 'true', q: null }),
      paths.recall(CAMPAIGN),
      paths.recall(CAMPAIGN, { answer: 'possibly' }),
      paths.openCampaign(CAMPAIGN),
      paths.checkCampaign(CAMPAIGN, { reason: 'same GTIN', key: 'k' }),
      paths.feeds(),
      paths.seller(),
      paths.sellerStop('L-1', CAMPAIGN),
      paths.sellerTold(CAMPAIGN),
    ]
    assert.deepEqual(all, [
      '/',
      '/campaigns/CPSC-23774',
      '/campaigns/CPSC-23774?tables=funnel',
      '/campaigns/CPSC-23774/listings',
      '/campaigns/CPSC-23774/stock',
      '/campaigns/CPSC-23774/interceptions',
      '/campaigns/CPSC-23774/lines',
      '/campaigns/CPSC-23774/buyers',
      '/campaigns/CPSC-23774/deliveries',
      '/campaigns/CPSC-23774/cases',
      '/campaigns/CPSC-23774/refunds',
      '/campaigns/CPSC-23774/seller-contacts',
      '/campaigns/CPSC-23774/lines?answer=affected&remedy_state=no_case',
      '/campaigns/CPSC-23774/buyers/B-1',
      '/campaigns/CPSC-23774/changes',
      '/campaigns/CPSC-23774/letters',
      '/recalls',
      '/recalls?touching=true',
      '/recalls/CPSC-23774',
      '/recalls/CPSC-23774?answer=possibly',
      '/recalls/CPSC-23774/open',
      '/recalls/CPSC-23774/open/check?reason=same+GTIN&key=k',
      '/feeds',
      '/seller',
      '/seller/stops/L-1?campaign=CPSC-23774',
      '/seller/campaigns/CPSC-23774',
    ])
  })

  it('keep an id in one part of the path, whatever stands in it', () => {
    assert.equal(paths.campaignBuyer(CAMPAIGN, ODD), '/campaigns/CPSC-23774/buyers/a%2Fb%3Fc%20d%26%C3%A9')
    assert.equal(decodeURIComponent(paths.recall(ODD).split('/').at(-1) ?? ''), ODD)
  })
})

describe('the addresses of the API', () => {
  it('are these', () => {
    const all = [
      api.me(),
      api.campaigns({ format: 'csv' }),
      api.campaign(CAMPAIGN),
      api.campaignList(CAMPAIGN, 'refunds', { outcome: 'paid', cursor: null }),
      api.campaignBuyer(CAMPAIGN, 'B-1'),
      api.proof(CAMPAIGN, 'abc'),
      api.recalls({ q: 'cups' }),
      api.recall(CAMPAIGN),
      api.matches(CAMPAIGN, { answer: 'no' }),
      api.decisions(CAMPAIGN),
      api.feeds(),
      api.holdDecisions('CPSC'),
      api.sellerSummary(),
      api.sellerStops(),
      api.sellerStop('L-1', null),
    ]
    assert.deepEqual(all, [
      '/v1/me',
      '/v1/campaigns?format=csv',
      '/v1/campaigns/CPSC-23774',
      '/v1/campaigns/CPSC-23774/refunds?outcome=paid',
      '/v1/campaigns/CPSC-23774/buyers/B-1',
      '/v1/campaigns/CPSC-23774/proofs/abc',
      '/v1/recalls?q=cups',
      '/v1/recalls/CPSC-23774',
      '/v1/recalls/CPSC-23774/matches?answer=no',
      '/v1/recalls/CPSC-23774/decisions',
      '/v1/feeds',
      '/v1/feeds/CPSC/hold-decisions',
      '/v1/seller/summary',
      '/v1/seller/stops',
      '/v1/seller/stops/L-1',
    ])
  })
})

describe('a changed search', () => {
  const current = new URLSearchParams('answer=affected&q=cups&cursor=abc')

  it('starts at the first row again', () => assert.equal(changedSearch(current, {}), '?answer=affected&q=cups'))
  it('replaces a filter and keeps the others', () => assert.equal(changedSearch(current, { answer: 'no' }), '?answer=no&q=cups'))
  it('takes a filter away by null or nothing', () => assert.equal(changedSearch(current, { answer: null, q: '' }), '?'))
  it('leaves the search it was given alone', () => assert.equal(current.get('cursor'), 'abc'))
})
