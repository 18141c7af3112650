/** What a person reads in a piece of HTML: its text with line ends where blocks end, its tables, its links. Nothing is run or fetched. Pure. */

const BLOCK = /<\/?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|section|thead|tbody|dl|dt|dd|blockquote)\b[^<>]*>/gi

/** The text of HTML, or of plain text that has a few tags and entities in it; never more than it says. Time grows with length alone. */
export function htmlText(html: string): string {
  return decodeEntities(
    without(without(html, /<(?:script|style)\b/gi, /<\/(?:script|style)\s*>/gi), /<!--/g, /-->/g)
      .replace(BLOCK, '\n')
      .replace(/<\/?[A-Za-z][^<>]*>/g, ''),
  )
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** A text without what stands from each `start` to the next `end`, or to the end of all where there is none. */
function without(text: string, start: RegExp, end: RegExp): string {
  let kept = ''
  let at = 0
  for (let open = matchFrom(text, start, 0); open !== null; open = matchFrom(text, start, at)) {
    kept += `${text.slice(at, open.index)} `
    const close = matchFrom(text, end, open.index)
    if (close === null) return kept
    at = close.index + close[0].length
  }
  return kept + text.slice(at)
}

function matchFrom(text: string, pattern: RegExp, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}

/** Every row of every table, as the texts of its cells. */
export function tableRows(html: string): string[][] {
  return between(html, /<tr\b[^<>]*>/gi, /<\/tr\s*>/i).map((row) =>
    between(row.inside, /<t[hd]\b[^<>]*>/gi, /<\/t[hd]\s*>/i).map((cell) => htmlText(cell.inside).replaceAll('\n', ' ')),
  )
}

/** The parts of a page by their headings, in small letters: `{"hazard": "<p>…"}`; what stands before the first is under ''. */
export function sectionsOf(html: string): Map<string, string> {
  const parts = between(html, /<h[1-6]\b[^<>]*>/gi, /<\/h[1-6]\s*>/i)
  const sections = new Map([['', html.slice(0, parts[0]?.start ?? html.length)]])
  for (const { inside, after } of parts) {
    const name = htmlText(inside).toLowerCase()
    sections.set(name, (sections.get(name) ?? '') + after)
  }
  return sections
}

/** For each opening tag what stands up to its closing tag, and from there to the next opening tag. */
function between(html: string, open: RegExp, close: RegExp): { start: number; inside: string; after: string }[] {
  const tags = [...html.matchAll(open)]
  return tags.map((tag, index) => {
    const text = html.slice(tag.index + tag[0].length, tags[index + 1]?.index ?? html.length)
    const end = close.exec(text)
    return {
      start: tag.index,
      inside: text.slice(0, end?.index ?? text.length),
      after: end === null ? '' : text.slice(end.index + end[0].length),
    }
  })
}

const NAMED: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’',
  ldquo: '“', rdquo: '”', sbquo: '‚', bdquo: '„', laquo: '«', raquo: '»', bull: '•', middot: '·', hellip: '…', reg: '®', trade: '™', copy: '©',
  deg: '°', frac12: '½', frac14: '¼', frac34: '¾', times: '×', eacute: 'é', egrave: 'è', agrave: 'à', aacute: 'á', iacute: 'í', oacute: 'ó',
  uacute: 'ú', ntilde: 'ñ', uuml: 'ü', ouml: 'ö', auml: 'ä', szlig: 'ß', ccedil: 'ç', ecirc: 'ê', pound: '£', euro: '€', cent: '¢',
  Eacute: 'É', Iacute: 'Í', Oacute: 'Ó', Aacute: 'Á', Uacute: 'Ú', Ntilde: 'Ñ', iexcl: '¡', iquest: '¿', micro: 'µ', plusmn: '±',
} // prettier-ignore

/** HTML's entities as characters; unknown ones stay as they are written. Entities written twice (`&amp;quot;`) are what the text says. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,7}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}
