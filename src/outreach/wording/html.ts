/** Text of a notice as HTML: safe, its links alive, the agency's words marked with their language. Pure. */
import type { Notice } from './notice.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text made safe between tags and inside quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** ` lang="en"` where the words are not in the language of the notice; a screen reader then speaks them as what they are. */
export function langAttribute(notice: Notice, lang: string | null): string {
  return lang === null || lang.split('-')[0] === notice.speaker.language ? '' : ` lang="${escape(lang)}"`
}

/** A sentence of ours with the product's name in it, which is the agency's. */
export function withProduct(notice: Notice, text: string): string {
  const { product } = notice
  const attribute = langAttribute(notice, product.lang)
  const named = attribute === '' ? undefined : [product.text, product.short].find((name) => name !== '' && text.includes(name))
  if (named === undefined) return escape(text)
  const at = text.indexOf(named)
  return `${escape(text.slice(0, at))}<span${attribute}>${escape(named)}</span>${escape(text.slice(at + named.length))}`
}

/** The text with its address made a link. */
export function withLink(text: string, link: string | undefined, style = ''): string {
  const at = link === undefined ? -1 : text.indexOf(link)
  if (link === undefined || at < 0) return escape(text)
  const anchor = `<a href="${escape(link)}"${style === '' ? '' : ` style="${style}"`}>${escape(link)}</a>`
  return escape(text.slice(0, at)) + anchor + escape(text.slice(at + link.length))
}
