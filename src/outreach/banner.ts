/** What a shop's orders page shows on top: how many recalls of this buyer's products still wait for them. */
import type { Db } from '../platform/db.ts'
import { countOpenNotices } from './queries-pages.ts'

export type Banner = { alerts: number; url: string; text: string }

/** Where the buyer's own page is, below the installation's address. */
export const YOUR_RECALLS = '/your-recalls'

/** The banner, or `null` where the buyer has read and acted on everything. `baseUrl` makes its link absolute, for a shop on another host. */
export async function bannerOf(db: Db, buyerId: string, baseUrl = ''): Promise<Banner | null> {
  const { affected, possibly } = await countOpenNotices(db, buyerId)
  const alerts = affected + possibly
  return alerts === 0 ? null : { alerts, url: `${baseUrl}${YOUR_RECALLS}`, text: bannerText(affected, possibly) }
}

function bannerText(affected: number, possibly: number): string {
  if (affected === 1) return 'A product you bought is recalled. Stop using it and see what to do.'
  if (affected > 1) return `${affected} products you bought are recalled. Stop using them and see what to do.`
  return possibly === 1
    ? 'Check a product you bought: some of its kind are recalled. Stop using it until you know.'
    : `Check ${possibly} products you bought: some of their kind are recalled. Stop using them until you know.`
}
