import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { inChunks } from '../../../test/feed-samples.ts'
import { ITEM_BYTES_MAX } from '../split-json.ts'
import { splitXml, type XmlShape } from './split-xml.ts'
import { childText, readXml } from './xml.ts'

const RSS: XmlShape = { items: ['item'], roots: ['rss'] }

async function split(text: string, shape: XmlShape = RSS, size = 13): Promise<string[]> {
  const parts: string[] = []
  for await (const part of splitXml(shape)(inChunks(Buffer.from(text), size))) {
    if (part.kind === 'item') parts.push(`${part.item.line} ${part.item.bytes.toString()}`)
    else parts.push(`${part.kind === 'broken' ? '!!' : '!'} ${part.problem.line} ${part.problem.problem}`)
  }
  return parts
}

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<rss><item>&lol2;</item></rss>`

describe('XML that is refused', () => {
  it('declares a document type or entities', async () => {
    const refused = ['!! 2 the file declares a document type or entities, which is not allowed here']
    assert.deepEqual(await split(BOMB), refused)
    assert.deepEqual(await split(BOMB, RSS, 10_000), refused)
    assert.deepEqual(await split('<rss>\n<!ENTITY x SYSTEM "file:///etc/passwd"></rss>'), refused)
    assert.deepEqual(await split('<rss><item>a\n<!DOCTYPE x></item></rss>'), refused)
    assert.equal(readXml('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>').ok, false)
    assert.deepEqual(readXml('<x>&lol2;</x>'), { ok: true, value: [{ name: 'x', attributes: {}, children: [], text: '&lol2;' }] })
  })

  it('is a page, another kind of file, or in another encoding', async () => {
    const page = 'the file is an HTML page, not XML: the agency may have answered with an error page'
    assert.deepEqual(await split('\n<!doctype HTML><html>'), [`!! 2 ${page}`])
    assert.deepEqual(await split('<html lang="en"><body>'), [`!! 1 ${page}`])
    assert.deepEqual(await split('<feed><entry/></feed>'), ['!! 1 the file is <feed>, not <rss>'])
    assert.deepEqual(await split('<report></report>', { items: ['alert'] }), ['!! 1 the file has no <alert>'])
    assert.deepEqual(await split('<?xml version="1.0" encoding="ISO-8859-1"?><rss/>'), [
      '!! 1 the file says that its encoding is ISO-8859-1, not UTF-8',
    ])
  })

  it('is cut off or wrongly nested', async () => {
    assert.deepEqual(await split('<rss>\n<item>a</item>\n<item>b'), [
      '2 <item>a</item>',
      '!! 3 the file ends inside this <item>: it is truncated',
    ])
    assert.deepEqual(await split('<rss>\n<item>a</item>\n'), [
      '2 <item>a</item>',
      '!! 3 the file ends before <rss> is closed: it is truncated',
    ])
    assert.deepEqual(await split('<rss><item>a</item><ite'), [
      '1 <item>a</item>',
      '!! 1 the file ends before <rss> is closed: it is truncated',
    ])
    assert.deepEqual(await split('<rss><item><b></item></rss>'), ['!! 1 </item> stands where <b> is open'])
    assert.deepEqual(await split('<rss></rss><rss></rss>'), ['!! 1 there is a second element after the end of the first'])
    assert.deepEqual(await split('<rss>< b></rss>'), ['!! 1 this is no tag of XML'])
    assert.match((await split(`<rss>${'<a>'.repeat(200)}`)).join(), /nested more than 64 deep/)
    for (const text of ['<a><b></a>', '<a>', '</a>', '<a b="1>', '<a ', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`])
      assert.equal(readXml(text).ok, false, text)
  })

  it('has an item larger than allowed; the next is taken', async () => {
    const parts = await split(`<rss><item>${'x '.repeat(ITEM_BYTES_MAX / 2)}<b/>y</item><item>b</item></rss>`, RSS, 65_536)
    assert.match(parts[0]!, /^! 1 the item has \d+ bytes, more than the 5 MB allowed$/)
    assert.deepEqual(parts.slice(1), ['1 <item>b</item>'])
  })
})

describe('the items of XML', () => {
  it('are given byte for byte, with what they need from before them', async () => {
    const text =
      '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- <item> -->\n<rss a="1>2"><day>2026</day>\n<item n="<"><![CDATA[</item><item>]]>é</item><item/></rss>\n<!-- end -->\n'
    const items = ['4 <item n="<"><![CDATA[</item><item>]]>é</item>', '4 <item/>']
    assert.deepEqual(await split(text), items)
    assert.deepEqual(await split(text, RSS, 1), items)
    assert.deepEqual(await split(text, { items: ['item'], head: ['day'] }, 5), [
      '4 <day>2026</day><item n="<"><![CDATA[</item><item>]]>é</item>',
      '4 <day>2026</day><item/>',
    ])
    assert.deepEqual(await split('<rss></rss>'), [])
  })

  it('are read with their entities, numbers and CDATA', () => {
    const read = readXml('<a x="1 &amp; 2"><b> &lt;p&gt; &#233;&#xe9; &#0; &#xD800; &nbsp;</b><c><![CDATA[<&amp;>]]></c><b>second</b></a>')
    assert.ok(read.ok)
    const [element] = read.value
    assert.equal(element?.attributes['x'], '1 & 2')
    assert.equal(childText(element!, 'b'), '<p> éé &#0; &#xD800; &nbsp;')
    assert.equal(childText(element!, 'c'), '<&amp;>')
    assert.equal(childText(element!, 'd'), '')
  })
})
