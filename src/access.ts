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
