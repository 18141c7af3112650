/** The list of shortcuts behind `?`, and the switch that turns them off. */
import { Button, Checkbox, Kbd } from '@mantine/core'
import { useState, type RefObject } from 'react'
import type { useKeyRegistry } from './keys.tsx'
import styles from './shell.module.css'

export function KeysDialog({
  dialog,
  registry,
}: {
  dialog: RefObject<HTMLDialogElement | null>
  registry: ReturnType<typeof useKeyRegistry>
}) {
  // The keys differ from page to page, so they are read when the list opens.
  const [keys, setKeys] = useState<[string, string][]>([])
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby="keys-title"
      onToggle={() => setKeys(Object.entries(registry.all()).map(([sequence, { does }]) => [sequence, does]))}
    >
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <dl>
        {keys.map(([sequence, does]) => (
          <div key={sequence} style={{ display: 'contents' }}>
            <dt>
              {sequence.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="stack">
        <Checkbox
          label="Use single-key shortcuts"
          checked={registry.enabled}
          onChange={(event) => registry.setEnabled(event.currentTarget.checked)}
        />
        <form method="dialog">
          <Button type="submit">Close</Button>
        </form>
      </div>
    </dialog>
  )
}
