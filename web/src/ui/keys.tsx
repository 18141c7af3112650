/** Keyboard shortcuts: pages say which keys they answer to, `?` lists them, and a switch turns single keys off (WCAG 2.1.4). */
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { advance } from './key-sequence.ts'

/** What a key or a sequence of two does: `{ 'g c': { does: 'Go to campaigns', run } }`. */
export type Keys = Record<string, { does: string; run: () => void }>

type Registry = {
  register: (keys: Keys) => () => void
  /** All keys of the page on show, for the list behind `?`. */
  all: () => Keys
  enabled: boolean
  setEnabled: (enabled: boolean) => void
}

const KeysContext = createContext<Registry | null>(null)
const SWITCH = 'tocsin.keys'
// A second key later than this is a new sequence.
const SEQUENCE_MS = 1_200

export function KeysProvider({ children }: { children: ReactNode }) {
  const registered = useRef(new Set<Keys>())
  const [enabled, setEnabled] = useState(() => readSwitch())
  useEffect(() => {
    if (!enabled) return
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const keys = Object.assign({}, ...registered.current) as Keys
      const step = advance(pending, event.key, Object.keys(keys))
      pending = step.pending
      clearTimeout(timer)
      timer = setTimeout(() => (pending = ''), SEQUENCE_MS)
      if (step.run === null) return
      event.preventDefault()
      keys[step.run]?.run()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKey)
    }
  }, [enabled])
  const registry = useMemo<Registry>(
    () => ({
      register(keys) {
        registered.current.add(keys)
        return () => registered.current.delete(keys)
      },
      all: () => Object.assign({}, ...registered.current) as Keys,
      enabled,
      setEnabled(next) {
        setEnabled(next)
        writeSwitch(next)
      },
    }),
    [enabled],
  )
  return <KeysContext value={registry}>{children}</KeysContext>
}

export function useKeyRegistry(): Registry {
  const registry = useContext(KeysContext)
  if (registry === null) throw new Error('There is no KeysProvider around this.')
  return registry
}

/** Answers to these keys while the component is on the page. Pass the same object from render to render. */
export function useKeys(keys: Keys): void {
  const { register } = useKeyRegistry()
  useEffect(() => register(keys), [register, keys])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('dialog[open]') !== null) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

function readSwitch(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off'
  } catch {
    return true
  }
}

function writeSwitch(enabled: boolean): void {
  try {
    localStorage.setItem(SWITCH, enabled ? 'on' : 'off')
  } catch {
    // Storage may be turned off; the choice then holds until the page is left.
  }
}
