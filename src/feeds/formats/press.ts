/** Items of the agencies' RSS feeds: a headline, a few sentences, an address. Pure. */
import { isUtf8 } from 'node:buffer'
import { fail, ok, type Result } from '../../platform/result.ts'
import { sha256 } from '../../platform/ids.ts'
import { isoDay, mailDay } from './dates.ts'
import { decodeEntities, htmlText } from './html.ts'
import { splitXml } from './split-xml.ts'
import { childText, readXml } from './xml.ts'

/** `description` is as the feed has it, HTML and all; `text` is what a person reads of it. */
export type PressItem = {
  title: string
  url: string | null
  description: string
  text: string
  publishedOn: string
  imageUrl: string | null
}

export const splitRss = splitXml({ items: ['item'], roots: ['rss', 'rdf:RDF'] })

/** The item, or what is wrong with it and in which element. */
export function readPressItem(bytes: Buffer): Result<PressItem> {
  if (!isUtf8(bytes)) return fail('invalid', 'the item is not valid UTF-8 text')
  const read = readXml(bytes.toString('utf8').replaceAll('\0', ''))
  if (!read.ok) return read
  const item = read.value[0]
  if (item?.name !== 'item') return fail('invalid', 'the item is no <item> of RSS')
  const title = decodeEntities(childText(item, 'title')).replace(/\s+/g, ' ').trim()
  if (title === '') return fail('invalid', 'the title is missing', 'title')
  const said = childText(item, 'pubDate') || childText(item, 'dc:date')
  const publishedOn = mailDay(said) ?? isoDay(said)
  if (publishedOn === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, 'pubDate')
  const link = childText(item, 'link') || childText(item, 'guid')
  const description = childText(item, 'description')
  const image = /<img\b[^>]*\bsrc=["']([^"']+)["']/i.exec(description)?.[1] ?? null
  return ok({
    title,
    url: /^https?:\/\/\S+$/.test(link) ? link : null,
    description,
    text: htmlText(description),
    publishedOn,
    imageUrl: image !== null && image.startsWith('https://') && !/icon/i.test(image) ? image : null,
  })
}

/**
 * A number for what an agency gives none: the last part of its address, which stays while titles and texts are corrected; of long ones the
 * beginning and a hash. An item without an address is known by its title.
 */
export function numberOfAddress(prefix: string, item: { url: string | null; title: string }): string {
  const part =
    (item.url ?? '')
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  const whole = part === '' ? item.title : part
  const slug = whole
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '-')
    .replace(/^-|-$/g, '')
  if (slug.length <= SLUG_MAX) return prefix + slug
  return `${prefix}${slug.slice(0, SLUG_MAX - 9).replace(/-[^-]*$/, '')}-${sha256(slug).toString('hex').slice(0, 8)}`
}

const SLUG_MAX = 56
