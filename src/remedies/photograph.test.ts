import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import sharp from 'sharp'
import { acceptPhotograph, isHeif, PHOTO_BYTES_MAX, pictureFormat } from './photograph.ts'
import { readPicture } from './picture.ts'
import { photograph } from '../../test/photograph.ts'

const NOT_A_PICTURE = 'photo: this file is not a picture we can read (we take JPEG, PNG, WebP)'
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="9" height="9"/></svg>`

/** The message a file is refused with. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const read = await readPicture(bytes)
  assert.ok(!read.ok, 'the file was taken')
  assert.equal(read.problem.field, 'photo')
  return read.problem.message
}

/** A PNG of one colour that unpacks to `side` × `side` pixels from a few kilobytes. */
function pngBomb(side: number): Buffer {
  function chunk(type: string, data: Buffer): Buffer {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1 // one bit per pixel, greyscale
  const rows = deflateSync(Buffer.alloc(side * (Math.ceil(side / 8) + 1)), { level: 9 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

describe('files that are no photograph', () => {
  it('are refused by name: text, PDF, SVG, GIF, TIFF and nothing at all', async () => {
    const pixel = sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
    const gif = await pixel.clone().gif().toBuffer()
    const tiff = await pixel.clone().tiff().toBuffer()
    for (const bytes of [Buffer.from('hello'), Buffer.from('%PDF-1.7'), Buffer.from(SVG), gif, tiff, Buffer.alloc(0)]) {
      assert.equal(await refusal(bytes), NOT_A_PICTURE)
    }
  })

  it('are told what to do where they come from an iPhone', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(40)])
    assert.ok(isHeif(heic))
    assert.match(await refusal(heic), /^photo: this file is not a picture we can read .*iPhone HEIC/)
  })

  it('are refused when they are cut off, or only begin like a picture', async () => {
    const whole = await photograph(1)
    assert.equal(await refusal(whole.subarray(0, whole.length / 2)), NOT_A_PICTURE)
    assert.equal(await refusal(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('and then words')])), NOT_A_PICTURE)
    const png = await sharp(whole).png().toBuffer()
    assert.equal(await refusal(png.subarray(0, png.length / 2)), NOT_A_PICTURE)
  })

  it('never throw, whatever the bytes after a good beginning', async () => {
    const beginnings = [
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'),
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), async (beginning, rest) => {
        const read = await readPicture(Buffer.concat([beginning, rest]))
        assert.ok(read.ok || read.problem.field === 'photo')
      }),
      { numRuns: 60 },
    )
  })

  it('are refused when they are too large, in bytes or in pixels', async () => {
    assert.match(await refusal(Buffer.alloc(PHOTO_BYTES_MAX + 1, 0xff)), /^photo: this file is larger than 15 MB/)
    const bomb = pngBomb(30_000)
    assert.ok(bomb.length < 200_000, `${bomb.length} bytes`)
    const before = process.memoryUsage().rss
    assert.match(await refusal(bomb), /^photo: this picture has more than 64 million pixels/)
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024, 'it was unpacked')
  })
})

describe('a photograph that is taken', () => {
  it('is drawn anew upright, without the place, the camera or anything else stored in it', async () => {
    const secret = 'Serial 4711 of J. Doe'
    const exif = { IFD0: { Make: 'Phone', ImageDescription: secret }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }
    const sent = await sharp(await photograph(2, { width: 800, height: 400 }))
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    assert.ok((await sharp(sent).metadata()).exif !== undefined, 'the sent file must carry what is to be removed')
    const read = await readPicture(sent)
    assert.ok(read.ok)
    const kept = await sharp(read.value.bytes).metadata()
    assert.deepEqual([kept.format, kept.width, kept.height, kept.orientation, kept.exif, kept.xmp, kept.icc, kept.iptc], ['jpeg', 400, 800, undefined, undefined, undefined, undefined, undefined]) // prettier-ignore
    assert.deepEqual([read.value.width, read.value.height], [400, 800])
    assert.ok(!read.value.bytes.includes(secret) && !read.value.bytes.includes('GPS') && !read.value.bytes.includes('Exif'))
  })

  it('may be JPEG, PNG or WebP, and is bounded', async () => {
    const sent = sharp(await photograph(3, { width: 2_000, height: 1_200 }))
    for (const bytes of [await sent.clone().jpeg().toBuffer(), await sent.clone().png().toBuffer(), await sent.clone().webp().toBuffer()]) {
      const read = await readPicture(bytes)
      assert.ok(read.ok, pictureFormat(bytes) ?? 'no format')
      const kept = await sharp(read.value.bytes).metadata()
      assert.deepEqual([kept.format, kept.width, read.value.width], ['jpeg', 1_600, 2_000])
    }
  })

  it('is the same file each time it is sent', async () => {
    const sent = await photograph(4)
    const [first, second] = await Promise.all([readPicture(sent), readPicture(sent)])
    assert.ok(first.ok && second.ok && first.value.bytes.equals(second.value.bytes))
  })

  it('waits its turn when many arrive, and is told so when too many do', async () => {
    const sent = await photograph(5)
    const reads = await Promise.all(Array.from({ length: 30 }, () => readPicture(sent)))
    const busy = reads.filter((read) => !read.ok)
    assert.equal(reads.length - busy.length, 18)
    assert.ok(busy.every((read) => !read.ok && read.problem.code === 'unavailable'))
    assert.ok((await readPicture(sent)).ok, 'the queue is free again')
  })
})

describe('the rule for photographs', () => {
  const good = { width: 1_200, height: 900, contrast: 40, sentByAnother: false }

  it('refuses a picture too small to see anything on, of one colour, or of another buyer', () => {
    const cases: [Partial<typeof good>, RegExp][] = [
      [{ width: 239 }, /too small/],
      [{ height: 100 }, /too small/],
      [{ contrast: 1 }, /all one color/],
      [{ sentByAnother: true }, /someone else/],
    ]
    for (const [change, words] of cases) {
      const judged = acceptPhotograph({ ...good, ...change })
      assert.ok(!judged.ok && words.test(judged.problem.message) && judged.problem.field === 'photo')
    }
  })

  it('accepts any other and says why', () => {
    const judged = acceptPhotograph(good)
    assert.ok(judged.ok && judged.value.reasons.length === 3)
  })
})
