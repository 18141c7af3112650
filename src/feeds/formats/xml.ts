/** A small strict reader of XML that is held in memory: elements, attributes, text, CDATA. No document types, hence no entities but XML's five. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'

export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }

const DEPTH_MAX = 64
const ELEMENTS_MAX = 50_000
const PIECE = /<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\?[^]*?\?>|<(\/?)([A-Za-z_][\w:.-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/gy
const ATTRIBUTE = /\s([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** The outermost elements of a text; the problem says what is no XML and where. */
export function readXml(text: string): Result<XmlElement[]> {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let elements = 0
  let at = 0
  const piece = new RegExp(PIECE)
  while (at < text.length) {
    piece.lastIndex = at
    const match = piece.exec(text)
    if (match === null) {
      const declares = text.startsWith('<!', at)
      return fail(
        'invalid',
        `${declares ? 'a document type or entity is declared, which is not allowed' : 'this is no XML'}: ${text.slice(at, at + 40)}`,
      )
    }
    at = piece.lastIndex
    const [, cdata, closing, name, attributes, selfClosing, plain] = match
    const top = open.at(-1)!
    if (cdata !== undefined) top.text += cdata
    else if (plain !== undefined) top.text += decode(plain)
    else if (name !== undefined && closing === '/') {
      if (top.name !== name || open.length === 1) return fail('invalid', `</${name}> closes nothing`)
      open.pop()
    } else if (name !== undefined) {
      if (++elements > ELEMENTS_MAX || open.length > DEPTH_MAX)
        return fail('too_large', 'there are more elements, or deeper ones, than any real item has')
      const element: XmlElement = { name, attributes: attributesOf(attributes ?? ''), children: [], text: '' }
      top.children.push(element)
      if (selfClosing !== '/') open.push(element)
    }
  }
  if (open.length > 1) return fail('invalid', `<${open.at(-1)!.name}> is never closed`)
  return ok(root.children)
}

/** The text of the first child of this name, '' where there is none. */
export function childText(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text.trim() ?? ''
}

/** The texts of all children of this name. */
export function childTexts(element: XmlElement, name: string): string[] {
  return element.children
    .filter((child) => child.name === name)
    .map((child) => child.text.trim())
    .filter((text) => text !== '')
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map((match) => [match[1]!, decode(match[2] ?? match[3]!)]))
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** XML's own entities and numbers; others stand for nothing here and stay as they are written. */
function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}
