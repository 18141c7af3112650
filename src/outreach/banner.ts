/** What a shop's page shows on top: which recalls of this buyer's products still wait for them, and the way to each. */
import { html } from 'hono/html'
import type { Database } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { signLink } from '../platform/links.ts'
import type { Html } from '../platform/page.ts'
import { BANNER_WORDS, bannerText } from './banner-words.ts'
import { openNotices, productOfBrief, type OpenNotice } from './queries-banner.ts'
import type { Language } from './wording/language.ts'

/** Where the buyer's own page is, below the installation's address. */
export const YOUR_RECALLS = '/your-recalls'

export type Banner = {
  /** How many recalls are open. 0: there is nothing to show, and the rest is empty. */
  alerts: number
  /** The buyer's page of all their recalls, for whoever is signed in there. */
  url: string
  /** The one sentence: what is wrong and what to do now. */
  text: string
  lang: Language
  label: string
  see: string
  all: string
  less: string
  more: string
  /** Something surely is recalled; otherwise the buyer has to check. */
  stop: boolean
  /** Another one when what is open changes: a banner that was folded away is then whole again. */
  key: string
  /** The first few, each with the link of its notice, which opens without a sign-in. */
  products: { name: string; url: string }[]
}

export type BannerOf = (buyerId: string, lang: Language) => Promise<Banner>

const PRODUCTS_SHOWN_MAX = 3
const NAME_CHARACTERS_MAX = 90
/** Briefs whose product's name is kept in memory: more than there are campaigns at a time. */
const NAMES_KEPT_MAX = 2_000

/** `baseUrl` makes links absolute, for a shop on another host. A brief is never rewritten, so its product's name is read once and kept. */
export function openBanner(deps: { database: Database; linkKey: string; baseUrl: string }): BannerOf {
  const names = new Map<string, string>()

  async function nameOf(notice: OpenNotice): Promise<string> {
    const brief = `${notice.campaign_id}\0${notice.jurisdiction}\0${notice.brief_no}`
    const kept = names.get(brief)
    if (kept !== undefined) return kept
    const name = shortened((await productOfBrief(deps.database, notice)) ?? notice.campaign_id)
    names.set(brief, name)
    if (names.size > NAMES_KEPT_MAX) names.delete(names.keys().next().value!)
    return name
  }

  return async (buyerId, lang) => {
    const open = await openNotices(deps.database, buyerId)
    const url = `${deps.baseUrl}${YOUR_RECALLS}`
    const { label, see, all, less, more } = BANNER_WORDS[lang]
    const words = { lang, label, see, all, less, more }
    if (open.length === 0) return { alerts: 0, url, text: '', ...words, stop: false, key: '', products: [] }
    const affected = open.filter((notice) => notice.answer === 'affected').length
    const products = []
    for (const notice of open.slice(0, PRODUCTS_SHOWN_MAX)) {
      products.push({ name: await nameOf(notice), url: `${deps.baseUrl}/n/${signLink(deps.linkKey, 'notice', notice.notice_id)}` })
    }
    const text = bannerText(BANNER_WORDS[lang], { affected, possibly: open.length - affected })
    return { alerts: open.length, url, text, ...words, stop: affected > 0, key: keyOf(open), products }
  }
}

function keyOf(open: readonly OpenNotice[]): string {
  return sha256(open.map((notice) => `${notice.notice_id} ${notice.answer}`).join('\n'))
    .toString('base64url')
    .slice(0, 12)
}

function shortened(name: string): string {
  const characters = [...name]
  return characters.length <= NAME_CHARACTERS_MAX
    ? name
    : `${characters
        .slice(0, NAME_CHARACTERS_MAX - 1)
        .join('')
        .trimEnd()}…`
}

/** The banner as a piece of a page, for a shop that builds its pages on its server. No style and no script: the shop's own style dresses it. */
export function bannerFragment(banner: Banner): Html {
  if (banner.alerts === 0) return html``
  const more = banner.alerts > banner.products.length
  return html`<section
    class="tocsin-recall-banner ${banner.stop ? 'stop' : 'check'}"
    role="region"
    aria-label="${banner.label}"
    lang="${banner.lang}"
  >
    <h2>${banner.text}</h2>
    <ul>
      ${banner.products.map((product) => html`<li><a href="${product.url}">${banner.see}: ${product.name}</a></li> `)}
    </ul>
    ${more ? html`<p><a href="${banner.url}">${banner.all}</a></p>` : ''}
  </section>`
}
