/** Figures that move while somebody looks at them. */
import { useEffect } from 'react'
import { useRevalidator } from 'react-router'

const REFRESH_MS = 2_000

/** Asks for the page's data again while it moves and someone can see it. */
export function useRefresh(active: boolean): void {
  const { revalidate, state } = useRevalidator()
  const idle = state === 'idle'
  useEffect(() => {
    if (!active || !idle) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate()
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [active, idle, revalidate])
}
