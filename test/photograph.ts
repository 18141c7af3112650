/** Photographs that no camera took. */
import sharp from 'sharp'

/** A photograph with something on it: noise from a seed, so that other seeds are other pictures. */
export async function photograph(seed: number, options: { width?: number; height?: number } = {}): Promise<Buffer> {
  const [width, height] = [options.width ?? 640, options.height ?? 480]
  const pixels = Buffer.alloc(width * height * 3)
  let state = seed * 2_654_435_761 + 1
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pixels[i] = state >>> 24
  }
  return await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 70 })
    .toBuffer()
}
