/** Who may use which route, and what they see by it. One table; the app refuses to start where it and the routes disagree, and a test walks it. */
import type { AccessTable } from './platform/http.ts'

export const ACCESS = {
  'GET /': { who: 'everyone', sees: 'everything' },
  'GET /healthz': { who: 'everyone', sees: 'everything' },
  'GET /assets/:file': { who: 'everyone', sees: 'everything' },
  'GET /app': { who: 'everyone', sees: 'everything' },
  'GET /app/*': { who: 'everyone', sees: 'everything' },
  'GET /app/assets/:file': { who: 'everyone', sees: 'everything' },

  'GET /sign-in': { who: 'everyone', sees: 'everything' },
  'POST /sign-in': { who: 'everyone', sees: 'everything' },
  'POST /sign-out': { who: 'everyone', sees: 'own' },
  'GET /v1/me': { who: 'everyone', sees: 'own' },
  'GET /api/auth/*': { who: 'everyone', sees: 'own' },
  'POST /api/auth/*': { who: 'everyone', sees: 'own' },

  // A shop asks before each sale. The answer is what its shelves show anyway.
  'GET /v1/sellable': { who: 'everyone', sees: 'everything' },

  // The marketplace's machines, by their keys.
  'PUT /v1/listings/:listingId': { who: ['marketplace'], sees: 'own' },
  'POST /v1/listings': { who: ['marketplace'], sees: 'own' },

  // What agencies publish, and which of it is acted on here.
  'GET /recalls': { who: 'everyone', sees: 'everything' },
  'GET /recalls.atom': { who: 'everyone', sees: 'everything' },
  'GET /recalls/:recallId': { who: 'everyone', sees: 'everything' },
  // Whether a code is one of ours, nothing of whom it was given to.
  'GET /recalls/:recallId/code': { who: 'everyone', sees: 'everything' },

  // A notice's link opens that notice, and is never a sign-in.
  'GET /n/:token': { who: 'everyone', sees: 'link' },
  'POST /n/:token/acknowledge': { who: 'everyone', sees: 'link' },
  'GET /n/:token/check': { who: 'everyone', sees: 'link' },
  'POST /n/:token/check': { who: 'everyone', sees: 'link' },
  'GET /n/:token/give': { who: 'everyone', sees: 'link' },
  'GET /n/:token/refund': { who: 'everyone', sees: 'link' },
  'POST /n/:token/refund': { who: 'everyone', sees: 'link' },
  'GET /n/:token/proof': { who: 'everyone', sees: 'link' },
  'POST /n/:token/proof': { who: 'everyone', sees: 'link' },
  'GET /n/:token/case': { who: 'everyone', sees: 'link' },

  // Providers of messages, by their signature.
  'POST /v1/outreach/provider-events': { who: 'everyone', sees: 'own' },

  // A notice that was handed on: without the buyer's name, order and code.
  'GET /g/:token': { who: 'everyone', sees: 'link' },
  'POST /g/:token/acknowledge': { who: 'everyone', sees: 'link' },
  'GET /g/:token/check': { who: 'everyone', sees: 'link' },
  'POST /g/:token/check': { who: 'everyone', sees: 'link' },

  'GET /your-recalls': { who: ['buyer'], sees: 'own' },
  // On any shop's page: the script is the same for everyone, what it shows is the buyer's own. A browser asks first (OPTIONS) without a token.
  'GET /banner.js': { who: 'everyone', sees: 'everything' },
  'OPTIONS /v1/banner': { who: 'everyone', sees: 'everything' },
  'GET /v1/banner': { who: ['buyer'], sees: 'own' },

  'GET /v1/seller/summary': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/stops': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/gates': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/stops/:listingId': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/campaigns/:campaignId': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/campaigns/:campaignId/orders': { who: ['seller'], sees: 'own' },
  'GET /v1/seller/campaigns/:campaignId/contact-lists': { who: ['seller'], sees: 'own' },
  'POST /v1/seller/campaigns/:campaignId/contact-lists': { who: ['seller'], sees: 'own' },
  'POST /v1/seller/campaigns/:campaignId/contact-lists/:listId/withdraw': { who: ['seller'], sees: 'own' },

  'GET /v1/feeds': { who: ['officer'], sees: 'everything' },
  'POST /v1/feeds/:agency/hold-decisions': { who: ['officer'], sees: 'everything' },
  'GET /v1/recalls': { who: ['officer'], sees: 'everything' },
  'GET /v1/recalls/:recallId': { who: ['officer'], sees: 'everything' },
  'GET /v1/recalls/:recallId/matches': { who: ['officer'], sees: 'everything' },
  'GET /v1/recalls/:recallId/notice-preview': { who: ['officer'], sees: 'everything' },
  'POST /v1/recalls/:recallId/decisions': { who: ['officer'], sees: 'everything' },
  'POST /v1/recalls/:recallId/decisions/:decisionNo/undo': { who: ['officer'], sees: 'everything' },
  'GET /v1/corrections': { who: ['officer'], sees: 'everything' },
  'GET /v1/recalls/:recallId/corrections': { who: ['officer'], sees: 'everything' },
  'POST /v1/recalls/:recallId/corrections': { who: ['officer'], sees: 'everything' },
  'POST /v1/recalls/:recallId/corrections/:correctionNo/withdraw': { who: ['officer'], sees: 'everything' },
  'GET /v1/matching/agreement': { who: ['officer'], sees: 'everything' },
  'GET /v1/matching/settings': { who: ['officer'], sees: 'everything' },
  'GET /v1/review': { who: ['officer'], sees: 'everything' },
  'GET /v1/review/:recallId/:listingId': { who: ['officer'], sees: 'everything' },
  'GET /v1/releases': { who: ['officer'], sees: 'everything' },
  'GET /v1/rulings': { who: ['officer'], sees: 'everything' },
  'GET /v1/recall-links': { who: ['officer'], sees: 'everything' },
  'GET /v1/recall-links/count': { who: ['officer'], sees: 'everything' },
  'POST /v1/recall-links/decisions': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/recalls': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/proposals': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/proposals/:revision/listings': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/proposals/:revision/decisions': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/releases': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/releases': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/releases/confirm': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/releases/:listingId/confirm': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/releases/:listingId/refuse': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/listings': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/stock': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/interceptions': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/lines': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/buyers': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/buyers/:buyerId': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/deliveries': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/reach': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/reach/:table': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/seller-lists': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/seller-contacts': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/sellers/:sellerId/seller-lists': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/seller-lists/:listId/revoke': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/administrators': { who: ['officer'], sees: 'everything' },
  // Print jobs hold buyers' addresses.
  'GET /v1/print-jobs': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/letters': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/print-jobs': { who: ['officer'], sees: 'everything' },
  'POST /v1/campaigns/:campaignId/letters/decline': { who: ['officer'], sees: 'everything' },
  'POST /v1/print-jobs/:printJobId/hand-over': { who: ['officer'], sees: 'everything' },
  'POST /v1/print-jobs/:printJobId/withdraw': { who: ['officer'], sees: 'everything' },
  'POST /v1/print-jobs/:printJobId/delete-files': { who: ['officer'], sees: 'everything' },
  'GET /v1/print-jobs/:printJobId/files/:name': { who: ['officer'], sees: 'everything' },
  'POST /v1/letters/returned': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/cases': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/refunds': { who: ['officer'], sees: 'everything' },
  'GET /v1/campaigns/:campaignId/proofs/:hash': { who: ['officer'], sees: 'everything' },
} satisfies AccessTable

/** Served in the demo only, on loopback only. */
export const DEMO_ACCESS = {
  'GET /demo/sign-in/officer': { who: 'everyone', sees: 'everything' },
  'GET /demo/sign-in/seller': { who: 'everyone', sees: 'everything' },
  'GET /demo/sign-in/buyer': { who: 'everyone', sees: 'everything' },
  'GET /demo/mailbox': { who: 'everyone', sees: 'everything' },
  'GET /demo/mailbox/:no': { who: 'everyone', sees: 'everything' },
  'GET /demo/mailbox/:no/html': { who: 'everyone', sees: 'everything' },
  'GET /demo/orders': { who: ['buyer'], sees: 'own' },
} satisfies AccessTable
