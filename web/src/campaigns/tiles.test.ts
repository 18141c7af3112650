import { test } from 'node:test'
import assert from 'node:assert/strict'
import { tileMaps } from './tiles.ts'

const place = (country: string, region: string | null, buyers = 1) => ({ country, region, buyers, delivered: 0 })

test('only maps on which somebody lives are drawn, and who lives on none is counted', () => {
  assert.deepEqual(tileMaps([]), { maps: [], elsewhere: 0 })
  const { maps, elsewhere } = tileMaps([
    place('US', 'TX', 5),
    place('US', '-', 2),
    place('CA', 'Québec', 3),
    place('DE', null, 7),
    place('JP', null, 11),
    place('-', null, 13),
  ])
  assert.deepEqual(
    maps.map((map) => [map.name, [...map.places.keys()]]),
    [
      ['United States', ['TX']],
      ['Europe', ['DE']],
    ],
  )
  assert.equal(elsewhere, 2 + 3 + 11 + 13)
})

test('a code of a state is not taken for a country, nor a province for a state', () => {
  const names = (places: Parameters<typeof tileMaps>[0]) => tileMaps(places).maps.map((map) => map.name)
  assert.deepEqual(names([place('US', 'DE')]), ['United States'])
  assert.deepEqual(names([place('DE', null)]), ['Europe'])
  assert.deepEqual(names([place('CA', 'AL')]), [])
})

test('each grid is even, names nothing twice, and the first has all fifty states and the capital', () => {
  const { maps } = tileMaps([place('US', 'TX'), place('CA', 'ON'), place('FR', null)])
  const codes = maps.map((map) => map.grid.flat().filter((code) => code !== null))
  for (const map of maps) assert.equal(new Set(map.grid.map((row) => row.length)).size, 1, map.name)
  for (const each of codes) assert.equal(new Set(each).size, each.length)
  assert.deepEqual(
    codes.map((each) => each.length),
    [51, 13, 32],
  )
})
