/** How a scope that was read compares with one that a person labelled. Pure. */

export type Value = string | number | boolean | null
export type ScopeLine = Record<string, Value | Value[] | Record<string, number>>

/**
 * One field over all recalls. Values are compared one by one, so that a recall with forty models counts forty times: precision of what was
 * read, recall of what is labelled, F1 of both. `exact` is the share of recalls where nothing is missing and nothing too much. `compared` recalls have a label for the field.
 */
export type Figures = {
  field: string
  compared: number
  precision: number
  recall: number
  f1: number
  exact: number
  target: number | null
}

export type Miss = { recall: string; field: string; missing: string[]; extra: string[] }

/** The fields, or the two that must be right together. `by` says which figure the target is for. */
export const FIELDS: readonly { name: string; keys: readonly string[]; by: 'exact' | 'f1'; target: number | null }[] = [
  { name: 'brands', keys: ['brands'], by: 'f1', target: 0.9 },
  { name: 'models', keys: ['models'], by: 'f1', target: 0.88 },
  { name: 'product_nouns', keys: ['product_nouns'], by: 'f1', target: null },
  { name: 'gtins', keys: ['gtins'], by: 'f1', target: null },
  { name: 'units', keys: ['units'], by: 'exact', target: 0.97 },
  { name: 'units_elsewhere', keys: ['units_elsewhere'], by: 'exact', target: null },
  { name: 'sold_months', keys: ['sold_from', 'sold_to'], by: 'exact', target: 0.95 },
  { name: 'prices', keys: ['price_min', 'price_max'], by: 'exact', target: 0.95 },
  { name: 'sold_at', keys: ['sold_at'], by: 'f1', target: null },
  { name: 'online_only', keys: ['online_only'], by: 'exact', target: null },
  { name: 'lots', keys: ['lots'], by: 'f1', target: 0.82 },
  { name: 'serials', keys: ['serials'], by: 'f1', target: 0.82 },
  { name: 'made_months', keys: ['manufactured_from', 'manufactured_to'], by: 'exact', target: 0.85 },
  { name: 'hazards', keys: ['hazards'], by: 'f1', target: 0.9 },
  { name: 'remedies', keys: ['remedies'], by: 'f1', target: 0.93 },
  { name: 'incidents', keys: ['incidents'], by: 'exact', target: 0.85 },
  { name: 'injuries', keys: ['injuries'], by: 'exact', target: null },
  { name: 'deaths', keys: ['deaths'], by: 'exact', target: null },
  { name: 'expands', keys: ['expands'], by: 'exact', target: null },
  { name: 'childrens_product', keys: ['childrens_product'], by: 'exact', target: null },
]

/** Compares what was read with the labels, recall by recall (same order). A field that a label leaves out is not compared there. */
export function compareScopes(pairs: readonly { number: string; read: ScopeLine; labelled: ScopeLine }[]): {
  figures: Figures[]
  misses: Miss[]
} {
  const misses: Miss[] = []
  const figures = FIELDS.map(({ name, keys, target }) => {
    let [right, said, labelled, exact] = [0, 0, 0, 0]
    const compared = pairs.filter((pair) => keys.every((key) => key in pair.labelled))
    for (const pair of compared) {
      const ours = valuesOf(pair.read, keys)
      const theirs = valuesOf(pair.labelled, keys)
      const missing = [...theirs.keys()].filter((key) => !ours.has(key))
      const extra = [...ours.keys()].filter((key) => !theirs.has(key))
      right += theirs.size - missing.length
      said += ours.size
      labelled += theirs.size
      if (missing.length + extra.length === 0) exact++
      else misses.push({ recall: pair.number, field: name, missing: missing.map((key) => theirs.get(key)!), extra: extra.map((key) => ours.get(key)!) }) // prettier-ignore
    }
    const [precision, recall] = [said === 0 ? 1 : right / said, labelled === 0 ? 1 : right / labelled]
    const f1 = right === 0 && said + labelled > 0 ? 0 : (2 * precision * recall) / (precision + recall)
    return { field: name, compared: compared.length, precision, recall, f1, exact: exact / Math.max(compared.length, 1), target }
  })
  return { figures, misses }
}

/** The figure by which a field is judged. */
export function headline(figures: Figures): number {
  return FIELDS.find((field) => field.name === figures.field)!.by === 'exact' ? figures.exact : figures.f1
}

/** The mean of the fields that have a target. */
export function meanOfTargets(all: readonly Figures[]): number {
  const targeted = all.filter((figures) => figures.target !== null && figures.compared > 0)
  return targeted.reduce((sum, figures) => sum + headline(figures), 0) / targeted.length
}

/** Values to compare by, without case and signs, each with how it is printed. Null and empty say nothing and are no value. */
function valuesOf(line: ScopeLine, keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const key of keys) {
    const value = line[key] ?? null
    const each = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.entries(value).map(String) : [value]
    for (const one of each) {
      if (one === null) continue
      const plain = typeof one === 'string' ? one.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') : String(one)
      found.set(keys.length > 1 ? `${key} ${plain}` : plain, String(one))
    }
  }
  return found
}
