/** How large the demo marketplace is. Units of the recall are cups, and the listings sell pairs. */
export type DemoScale = 'default' | 'full' | 'test'

export type Size = {
  sellers: number
  listings: number
  buyers: number
  /** Order lines of everything together. */
  lines: number
  /** Shipped pairs of CUPKIN cups inside the recall's window, exactly. */
  pairsInWindow: number
}

export const SIZES: Record<DemoScale, Size> = {
  test: { sellers: 40, listings: 600, buyers: 1_000, lines: 3_000, pairsInWindow: 173 },
  default: { sellers: 400, listings: 20_000, buyers: 60_000, lines: 200_000, pairsInWindow: 1_730 },
  // The size the agency printed: about 346,000 cups.
  full: { sellers: 400, listings: 20_000, buyers: 1_500_000, lines: 5_000_000, pairsInWindow: 173_000 },
}

export const SEED = 23_774
