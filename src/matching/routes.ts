/** What officers see of the engine's judgement: how people ruled beside its answers, and the lines it answers by. */
import { Hono } from 'hono'
import type { Database } from '../platform/db.ts'
import { officerOf, type AppEnv, type Routes } from '../platform/http.ts'
import { isoTime, snakeCase } from '../platform/json.ts'
import { agreementOf } from './agreement.ts'
import { fieldCounts, rulingCounts } from './queries-agreement.ts'
import { matchingSettings } from './settings.ts'

export function matchingRoutes({ database: { db } }: { database: Database }): Routes {
  const app = new Hono<AppEnv>()

  app.get('/v1/matching/agreement', async (c) => {
    officerOf(c)
    const [rulings, fields] = await Promise.all([rulingCounts(db), fieldCounts(db)])
    return c.json(snakeCase(agreementOf(rulings, fields)))
  })

  app.get('/v1/matching/settings', async (c) => {
    officerOf(c)
    const { settingNo, thresholds, latest } = await matchingSettings(db)
    return c.json({
      setting_no: settingNo,
      thresholds: snakeCase(thresholds),
      set_by: latest?.setBy ?? null,
      set_at: latest === null ? null : isoTime(latest.setAt),
      reason: latest?.reason ?? null,
    })
  })

  return app
}
