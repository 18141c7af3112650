/** Which form a file has, by its first byte: agencies give the same matter as JSON, as XML and as tables. */
import type { Result } from '../../platform/result.ts'
import type { AgencyFeed, FeedBytes } from '../contract.ts'
import { splitJson } from '../split-json.ts'

type Split = AgencyFeed['split']

/** How an agency's files are cut, by form. What is none of the given forms is left to `splitJson`, which says what it is instead. */
export type Forms = { json?: Split; xml?: Split; text?: Split }

const [LF, CR, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09]
/** Blanks before the first byte that says something: more is held for no file. */
const BLANKS_MAX = 64 * 1024

/** Cuts a file by the form that it has. */
export function splitByForm(forms: Forms): Split {
  return async function* (bytes: FeedBytes) {
    const source = bytes[Symbol.asyncIterator]()
    const held: Result<Buffer>[] = []
    let first: number | null = null
    for (let size = 0; first === null && size < BLANKS_MAX;) {
      const next = await source.next()
      if (next.done === true) break
      held.push(next.value)
      if (!next.value.ok) break
      size += next.value.value.length
      first = firstByte(Buffer.concat(held.flatMap((each) => (each.ok ? [each.value] : []))))
    }
    yield* splitterFor(forms, first)(rejoined(held, source))
  }
}

function splitterFor(forms: Forms, first: number | null): Split {
  if (first === 0x3c) return forms.xml ?? splitJson
  if (first === null || first === 0x5b || first === 0x7b) return forms.json ?? splitJson
  // A file in UTF-16 is named as such by `splitJson`; its marks are no letters of any table.
  return first >= 0xfe ? splitJson : (forms.text ?? forms.json ?? splitJson)
}

/** The first byte after a byte order mark and blanks; null where there is none yet. */
function firstByte(bytes: Buffer): number | null {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let at = mark; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte !== SPACE && byte !== LF && byte !== CR && byte !== TAB && !(mark === 0 && at === 0 && byte === 0xef && bytes.length < 3))
      return byte
  }
  return null
}

async function* rejoined(held: readonly Result<Buffer>[], rest: AsyncIterator<Result<Buffer>>): FeedBytes & AsyncGenerator<Result<Buffer>> {
  try {
    yield* held
    while (true) {
      const next = await rest.next()
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await rest.return?.()
  }
}
