/** What a person reads in a piece of HTML: its text with line ends where blocks end, its tables, its links. Nothing is run or fetched. Pure. */

const BLOCK = /<\/?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|section|thead|tbody|dl|dt|dd|blockquote)\b[^>]*>/gi

/** The text of HTML, or of plain text that has a few tags and entities in it; never more than it says. */
export function htmlText(html: string): string {
  return decodeEntities(
    html
      .replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
      .replace(/<!--[^]*?-->/g, ' ')
      .replace(BLOCK, '\n')
      .replace(/<\/?[A-Za-z][^<>]*>/g, ''),
  )
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
}

/** Every row of every table, as the texts of its cells. */
export function tableRows(html: string): string[][] {
  return [...html.matchAll(/<tr\b[^>]*>([^]*?)<\/tr\s*>/gi)].map((row) =>
    [...row[1]!.matchAll(/<t[hd]\b[^>]*>([^]*?)<\/t[hd]\s*>/gi)].map((cell) => htmlText(cell[1]!).replaceAll('\n', ' ')),
  )
}

/** The parts of a page by their headings, in small letters: `{"hazard": "<p>…"}`; what stands before the first is under ''. */
export function sectionsOf(html: string): Map<string, string> {
  const sections = new Map<string, string>()
  let [name, from] = ['', 0]
  for (const heading of html.matchAll(/<h[1-6]\b[^>]*>([^]*?)<\/h[1-6]\s*>/gi)) {
    sections.set(name, (sections.get(name) ?? '') + html.slice(from, heading.index))
    name = htmlText(heading[1]!).toLowerCase()
    from = heading.index + heading[0].length
  }
  return sections.set(name, (sections.get(name) ?? '') + html.slice(from))
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
